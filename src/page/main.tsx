import { render } from 'preact'
import { language } from './language.ts'
import { Page } from './page.tsx'
import { followStatus } from './status.ts'
import './styles/page.css'

const root = document.getElementById('page')
const tellLanguage = () => {
  document.documentElement.lang = language.get() === 'zh' ? 'zh-CN' : 'en'
}
tellLanguage()
language.watch(tellLanguage)
followStatus()
if (root !== null) render(<Page />, root)
