// ava runs TypeScript as it stands: --import in nodeArguments fails on Node 20, registering here does not.
import { register } from 'tsx/esm/api'

register()
