/** Live's own devices: the class a Set file names, the title Live shows, the kind. */
import { DEVICE_TYPE } from "../model/device.js";

const ROWS = {
  instrument: `
    OriginalSimpler Simpler | MultiSampler Sampler | Operator Operator | UltraAnalog Analog | Collision Collision
    StringStudio Tension | LoungeLizard Electric | InstrumentImpulse Impulse | InstrumentVector Wavetable
    InstrumentMeld Meld | Drift Drift | ProxyInstrumentDevice External Instrument | DrumCell Drum Sampler
    InstrumentGroupDevice Instrument Rack | DrumGroupDevice Drum Rack`,
  midi_effect: `
    MidiArpeggiator Arpeggiator | MidiChord Chord | MidiNoteLength Note Length | MidiPitcher Pitch
    MidiRandom Random | MidiScale Scale | MidiVelocity Velocity | MidiEffectGroupDevice MIDI Effect Rack`,
  audio_effect: `
    Amp Amp | AutoFilter Auto Filter | AutoFilter2 Auto Filter | AutoPan Auto Pan | AutoPan2 Auto Pan-Tremolo
    BeatRepeat Beat Repeat | Cabinet Cabinet | ChannelEq Channel EQ | Chorus Chorus | Chorus2 Chorus-Ensemble
    Compressor2 Compressor | Corpus Corpus | CrossDelay Simple Delay | Delay Delay | DrumBuss Drum Buss
    Tube Dynamic Tube | Echo Echo | Eq8 EQ Eight | FilterEQ3 EQ Three | Erosion Erosion
    ProxyAudioEffectDevice External Audio Effect | FilterDelay Filter Delay | Flanger Flanger
    FrequencyShifter Frequency Shifter | Gate Gate | GlueCompressor Glue Compressor | GrainDelay Grain Delay
    Hybrid Hybrid Reverb | Limiter Limiter | Looper Looper | MultibandDynamics Multiband Dynamics
    Overdrive Overdrive | Pedal Pedal | Phaser Phaser | PhaserNew Phaser-Flanger | PingPongDelay Ping Pong Delay
    Redux Redux | Redux2 Redux | Resonator Resonators | Reverb Reverb | Roar Roar | Saturator Saturator
    Shifter Shifter | SpectrumAnalyzer Spectrum | Spectral Spectral Resonator | Transmute Spectral Time
    StereoGain Utility | Tuner Tuner | Vinyl Vinyl Distortion | Vocoder Vocoder
    AudioEffectGroupDevice Audio Effect Rack`,
};

/** @type {Readonly<Record<string, {title: string, type: number}>>} */
export const CLASSES = Object.freeze(
  Object.fromEntries(
    Object.entries(ROWS).flatMap(([kind, rows]) =>
      rows
        .split(/[|\n]/)
        .map((row) => row.trim())
        .filter(Boolean)
        .map((row) => {
          const [name, ...title] = row.split(" ");
          return [name, { title: title.join(" "), type: DEVICE_TYPE[/** @type {keyof typeof ROWS} */ (kind)] }];
        }),
    ),
  ),
);
