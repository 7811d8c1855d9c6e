import { Wall } from './app/wall.js';

void new Wall().start();
