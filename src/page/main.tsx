import { render } from 'preact'
import { App } from './app.tsx'
import { language } from './language.ts'
import { followStatus } from './status.ts'
import './styles/page.css'

const root = document.getElementById('page')
const tellLanguage = () => {
  document.documentElement.lang = language.get() === 'zh' ? 'zh-CN' : 'en'
}
tellLanguage()
language.watch(tellLanguage)
followStatus()
if (root !== null) render(<App />, root)
