import { render } from 'preact'
import { language } from './language.ts'
import { followStatus } from './status.ts'
import { WholePage } from './whole-page.tsx'
import './styles/page.css'

const root = document.getElementById('page')
const tellLanguage = () => {
  document.documentElement.lang = language.get() === 'zh' ? 'zh-CN' : 'en'
}
tellLanguage()
language.watch(tellLanguage)
followStatus()
if (root !== null) render(<WholePage />, root)
