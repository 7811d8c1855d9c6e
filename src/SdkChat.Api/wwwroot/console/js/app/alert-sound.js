/** Two short tones, the second higher: told apart from the system's own sounds, and done before a word is over. */
const TONES = [660, 880];
const LENGTH = 0.14;
const LOUDNESS = 0.15;
/** For this long another tab of this browser does not say the same again. */
const ONCE_WITHIN = 3_000;

/** Alerts that can be heard. A browser lets a page sound only after the reader has used it once. */
export class AlertSound {
  #scope;
  /** @type {any} */
  #audio = null;

  /** @param {any} [scope] the browser's globals */
  constructor(scope = globalThis) {
    this.#scope = scope;
  }

  get canPlay() {
    return typeof this.#scope.AudioContext === 'function';
  }

  /** Before the reader has used the page, a sound would wait and come with the first click. */
  get #mayPlay() {
    return this.canPlay && this.#scope.navigator?.userActivation?.hasBeenActive !== false;
  }

  /** Of several tabs one is heard. @param {string} tag one for each thing that happened */
  async announce(tag) {
    if (!this.#mayPlay) return;
    const locks = this.#scope.navigator?.locks;
    if (!locks) return this.play();
    await locks.request(`sdkchat-sound:${tag}`, { ifAvailable: true }, async (/** @type {unknown} */ lock) => {
      if (!lock) return;
      await this.play();
      await new Promise((resolve) => { this.#scope.setTimeout(resolve, ONCE_WITHIN); });
    }).catch(() => this.play());
  }

  async play() {
    if (!this.#mayPlay) return;
    this.#audio ??= new this.#scope.AudioContext();
    await this.#audio.resume();
    TONES.forEach((frequency, index) => this.#tone(frequency, this.#audio.currentTime + index * LENGTH));
  }

  /** Rises and falls within a moment: a tone that is cut off clicks. @param {number} frequency @param {number} at */
  #tone(frequency, at) {
    const [tone, volume] = [this.#audio.createOscillator(), this.#audio.createGain()];
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(LOUDNESS, at + LENGTH / 4);
    volume.gain.linearRampToValueAtTime(0, at + LENGTH);
    tone.connect(volume).connect(this.#audio.destination);
    tone.start(at);
    tone.stop(at + LENGTH);
  }
}
