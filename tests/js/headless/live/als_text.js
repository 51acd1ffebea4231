/** Small Live Sets in the words of the file format, made by hand for the tests. */

/** @param {string} name @param {string | number | boolean} value */
export const value = (name, value) => `<${name} Value="${value}" />`;

/**
 * @param {string} body inside LiveSet
 * @param {string} [creator]
 */
export function setText(body, creator = "Ableton Live 12.1.5") {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Ableton MajorVersion="5" MinorVersion="12.0_12117" Creator="${creator}"><LiveSet>${body}</LiveSet></Ableton>`;
}

/** @param {{tempo?: number, signature?: number, envelopes?: string, tag?: string, tempoInner?: string}} [options] */
export function mainTrack({ tempo = 126, signature = 201, envelopes = "", tag = "MainTrack", tempoInner = "" } = {}) {
  return `<${tag}><AutomationEnvelopes><Envelopes>${envelopes}</Envelopes></AutomationEnvelopes><DeviceChain><Mixer>
    <Tempo>${value("Manual", tempo)}<AutomationTarget Id="8" />${tempoInner}</Tempo>
    <TimeSignature>${value("Manual", signature)}<AutomationTarget Id="10" /></TimeSignature>
    <Volume>${value("Manual", 0.5)}</Volume>
  </Mixer></DeviceChain></${tag}>`;
}

/**
 * @param {string} kind MidiTrack, AudioTrack, GroupTrack, ReturnTrack
 * @param {number} id
 * @param {{name?: string, user?: string, group?: number, colour?: number, slots?: string[], events?: string,
 *   devices?: string, freeze?: boolean, mute?: boolean, unfolded?: boolean, envelopes?: string}} [options]
 */
export function track(kind, id, options = {}) {
  const { name = "x", user = "", group = -1, colour = 3, slots = ["", ""], events = "", devices = "" } = options;
  const place = kind === "AudioTrack" ? "Sample" : "ClipTimeable";
  return `<${kind} Id="${id}"><Name>${value("EffectiveName", name)}${value("UserName", user)}</Name>
    ${value("Color", colour)}${value("TrackGroupId", group)}${value("TrackUnfolded", options.unfolded ?? true)}
    ${value("Freeze", options.freeze ?? false)}
    <AutomationEnvelopes><Envelopes>${options.envelopes ?? ""}</Envelopes></AutomationEnvelopes>
    <DeviceChain><Mixer>
      <Speaker>${value("Manual", !options.mute)}</Speaker>${value("SoloSink", false)}
      <Volume>${value("Manual", 1)}<AutomationTarget Id="${id}01" /></Volume>
      <Pan>${value("Manual", -0.5)}<AutomationTarget Id="${id}02" /></Pan>
    </Mixer><MainSequencer><ClipSlotList>
      ${slots.map((clip, at) => `<ClipSlot Id="${at}"><ClipSlot><Value>${clip}</Value></ClipSlot></ClipSlot>`).join("")}
    </ClipSlotList>
    <${place}><ArrangerAutomation><Events>${events}</Events></ArrangerAutomation></${place}>
    <Recorder>${value("IsArmed", true)}</Recorder></MainSequencer>
    <DeviceChain><Devices>${devices}</Devices></DeviceChain></DeviceChain></${kind}>`;
}

/**
 * @param {{name?: string, start?: number, end?: number, loop?: Record<string, string | number | boolean>,
 *   keys?: Record<number, string>, envelopes?: string}} [options]
 */
export function midiClip({ name = "Riff", start = 0, end = 4, loop = {}, keys = {}, envelopes = "" } = {}) {
  const spans = { LoopStart: 0, LoopEnd: 4, StartRelative: 0, LoopOn: true, OutMarker: 4, ...loop };
  const tracks = Object.entries(keys).map(
    ([key, notes]) => `<KeyTrack><Notes>${notes}</Notes>${value("MidiKey", key)}</KeyTrack>`,
  );
  return `<MidiClip Id="0" Time="${start}">${value("CurrentStart", start)}${value("CurrentEnd", end)}
    <Loop>${Object.entries(spans)
      .map(([key, each]) => value(key, each))
      .join("")}</Loop>
    ${value("Name", name)}${value("Color", 7)}
    <TimeSignature><TimeSignatures><RemoteableTimeSignature>${value("Numerator", 3)}${value("Denominator", 4)}
    </RemoteableTimeSignature></TimeSignatures></TimeSignature>
    <Envelopes><Envelopes>${envelopes}</Envelopes></Envelopes>
    <Notes><KeyTracks>${tracks.join("")}</KeyTracks></Notes></MidiClip>`;
}

/** @param {number} time @param {number} duration @param {string} [more] */
export function note(time, duration, more = "") {
  return `<MidiNoteEvent Time="${time}" Duration="${duration}" Velocity="90" OffVelocity="50" IsEnabled="true" ${more}/>`;
}
