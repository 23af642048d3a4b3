// Sound as 16 bit samples, 16 000 a second, a quarter of a second at a time.
const RATE = 16000;

class Samples extends AudioWorkletProcessor {
  constructor() {
    super();
    this.step = sampleRate / RATE;
    this.at = 0; // of the next sample in what comes, in samples that come
    this.sum = 0;
    this.count = 0;
    this.out = new Int16Array(RATE / 4);
    this.filled = 0;
  }

  process([[sound]]) {
    if (!sound) return true;
    for (const sample of sound) {
      this.sum += sample;
      this.count += 1;
      this.at += 1;
      if (this.at < this.step) continue;
      this.at -= this.step;
      const mean = this.sum / this.count;
      this.out[this.filled++] = Math.max(-1, Math.min(1, mean)) * 32767;
      this.sum = this.count = 0;
      if (this.filled < this.out.length) continue;
      this.port.postMessage(this.out.slice().buffer);
      this.filled = 0;
    }
    return true;
  }
}

registerProcessor("samples", Samples);
