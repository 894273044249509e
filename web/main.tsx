/** Starts the web application. */
import { createRoot } from 'react-dom/client'
import './styles/base.css'
import './styles/frame.css'
import './styles/lists.css'
import './styles/map.css'
import './styles/plan.css'
import './styles/plan-editor.css'
import './styles/plan-comparison.css'
import './styles/plan-problems.css'
import './styles/plan-proposals.css'
import './styles/patrol.css'
import './styles/live.css'
import './styles/incidents.css'
import './styles/analysis.css'
import './styles/charts.css'
import { App } from './frame/app.tsx'
import { preferredLanguage } from './i18n/language.ts'
import { readPreferences } from './preferences.ts'
import { startState } from './state.ts'

startState(readPreferences().language ?? preferredLanguage(navigator.languages))
const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
