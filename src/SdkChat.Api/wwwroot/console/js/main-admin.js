import { BACKOFFICE_SESSION } from './api/sessions.js';
import { backoffice } from './app/backoffice.js';
import { Console } from './app/console.js';

void new Console({ sessionUrl: BACKOFFICE_SESSION, title: 'page.backoffice', dashboard: backoffice }).start();
