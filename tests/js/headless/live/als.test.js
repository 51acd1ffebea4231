import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { SetFileError } from "../../../../js/headless/live/errors.js";
import { valueAt } from "../../../../js/headless/live/model/automation.js";
import { LiveSet } from "../../../../js/headless/live/set.js";
import { mainTrack, midiClip, note, setText, track, value } from "./als_text.js";

/** @param {string} body @param {string} [creator] */
const read = (body, creator) => LiveSet.fromAls(Buffer.from(setText(body, creator)));

test("gzip and plain XML read the same", () => {
  const text = setText(`<Tracks>${track("MidiTrack", 1)}</Tracks>${mainTrack()}`);
  for (const bytes of [Buffer.from(text), gzipSync(text)]) {
    const set = LiveSet.fromAls(bytes);
    assert.equal(set.tempo, 126);
    assert.equal(set.fileVersion, "12.1.5");
    assert.deepEqual([set.song.signature_numerator, set.song.signature_denominator], [4, 4]);
    assert.equal(set.tracks.length, 1);
    assert.equal(set.scenes.length, 2);
  }
});

test("the packed signature: 7/8 is 303", () => {
  const { song } = read(`<Tracks>${track("MidiTrack", 1)}</Tracks>${mainTrack({ signature: 303 })}`);
  assert.deepEqual([song.signature_numerator, song.signature_denominator], [7, 8]);
});

test("Live 12's scale is taken; C major is every new Set's and no choice; older versions have none", () => {
  const scale = (/** @type {number} */ root, /** @type {string} */ name) =>
    `<ScaleInformation>${value("RootNote", root)}${value("Name", name)}</ScaleInformation>${value("InKey", true)}`;
  const body = `<Tracks>${track("MidiTrack", 1)}</Tracks>${mainTrack()}`;
  const dorian = read(body + scale(2, "Dorian")).song;
  assert.deepEqual([dorian.root_note, dorian.scale_name, dorian.scale_mode], [2, "Dorian", true]);
  assert.equal(read(body + scale(0, "Major")).song.scale_mode, false);
  assert.deepEqual(read(body + scale(9, "1")).song.scale_name, "Minor");
  assert.equal(read(body + scale(2, "Dorian"), "Ableton Live 11.3.2").song.scale_mode, false);
  const odd = read(body + scale(2, "Klingon"));
  assert.equal(odd.song.scale_mode, false);
  assert.match(odd.notices[0], /"Klingon" is not known/);
});

test("tracks: kinds, names, groups, colours, mute, fold, frozen; returns give sends", () => {
  const set = read(`<Tracks>
    ${track("GroupTrack", 5, { name: "Drums", user: "Drums", unfolded: false })}
    ${track("MidiTrack", 6, { name: "2-MIDI", group: 5, colour: 12, mute: true })}
    ${track("AudioTrack", 7, { name: "vox", freeze: true })}
    ${track("ReturnTrack", 8, { name: "A-Reverb" })}
  </Tracks>${mainTrack()}`);
  const [group, midi, audio] = set.tracks;
  assert.deepEqual([group.name, group.kind, group.fold_state], ["Drums", "group", true]);
  assert.deepEqual([midi.name, midi.group_track, midi.color_index, midi.mute], ["2-MIDI", group, 12, true]);
  assert.equal(midi.is_visible, false);
  assert.deepEqual([audio.name, audio.is_frozen], ["vox", true]);
  assert.deepEqual(
    set.song.return_tracks.map((each) => each.name),
    ["A-Reverb"],
  );
  assert.equal(midi.mixer_device.sends.length, 1);
  assert.equal(midi.mixer_device.panning.value, -0.5);
  assert.equal(midi.mixer_device.volume.display_value, "0.0 dB");
  assert.equal(set.song.master_track.mixer_device.volume.display_value, "-6.0 dB");
});

test("session and arrangement clips with every note field", () => {
  const keys = { 60: note(0, 1, 'Probability="0.5" VelocityDeviation="-10"') + note(2, 1), 67: note(1, 0.5) };
  const set = read(`<Tracks>
    ${track("MidiTrack", 1, {
      slots: ["", midiClip({ keys })],
      events: midiClip({ name: "Late", start: 16, end: 24 }) + midiClip({ name: "Early", start: 4, end: 8 }),
    })}
  </Tracks>${mainTrack()}`);
  const clip = /** @type {any} */ (set.tracks[0].clip_slots[1].clip);
  assert.equal(set.tracks[0].clip_slots[0].clip, null);
  assert.equal(clip.name, "Riff");
  assert.deepEqual([clip.signature_numerator, clip.length, clip.color_index], [3, 4, 7]);
  assert.deepEqual(
    clip.notes.map((/** @type {any} */ each) => [each.pitch, each.start_time]),
    [
      [60, 0],
      [67, 1],
      [60, 2],
    ],
  );
  const { note_id: _id, ...first } = clip.notes[0];
  assert.deepEqual(first, {
    pitch: 60,
    start_time: 0,
    duration: 1,
    velocity: 90,
    mute: 0,
    probability: 0.5,
    velocity_deviation: -10,
    release_velocity: 50,
  });
  assert.deepEqual(
    set.tracks[0].arrangement_clips.map((each) => [each.name, each.start_time, each.end_time]),
    [
      ["Early", 4, 8],
      ["Late", 16, 24],
    ],
  );
});

test("muted notes are muted, impossible ones are left out and said", () => {
  const muted = '<MidiNoteEvent Time="0" Duration="1" Velocity="90" IsEnabled="false" />';
  const set = read(
    `<Tracks>${track("MidiTrack", 1, {
      slots: [midiClip({ keys: { 60: muted + note(1, 0) + note(Number.NaN, 1), 300: note(0, 1) } })],
    })}</Tracks>${mainTrack()}`,
  );
  const clip = /** @type {any} */ (set.tracks[0].clip_slots[0].clip);
  assert.deepEqual(
    clip.notes.map((/** @type {any} */ each) => each.mute),
    [1],
  );
  assert.match(set.notices[0], /3 notes of "Riff"/);
});

test("an unlooped clip keeps its markers; a start offset moves the start marker", () => {
  const set = read(
    `<Tracks>${track("MidiTrack", 1, {
      slots: [
        midiClip({ loop: { LoopOn: false, LoopStart: 2, LoopEnd: 6, HiddenLoopStart: 0, HiddenLoopEnd: 8 } }),
        midiClip({ loop: { StartRelative: 1 } }),
      ],
    })}</Tracks>${mainTrack()}`,
  );
  const [unlooped, moved] = set.tracks[0].clip_slots.map((slot) => /** @type {any} */ (slot.clip));
  assert.deepEqual([unlooped.looping, unlooped.start_marker, unlooped.end_marker], [false, 2, 6]);
  unlooped.looping = true;
  assert.deepEqual([unlooped.loop_start, unlooped.loop_end], [0, 8]);
  assert.deepEqual([moved.start_marker, moved.loop_start], [1, 0]);
});

test("an unwarped audio clip counts its loop in seconds", () => {
  const clip = `<AudioClip Id="0">${value("CurrentStart", 0)}${value("CurrentEnd", 4)}
    <Loop>${value("LoopStart", 0)}${value("LoopEnd", 2)}${value("LoopOn", false)}</Loop>${value("IsWarped", false)}
    <SampleRef><FileRef>${value("Name", "kick.wav")}${value("Path", "/music/kick.wav")}</FileRef>
    ${value("DefaultDuration", 88200)}${value("DefaultSampleRate", 44100)}</SampleRef></AudioClip>`;
  const set = read(`<Tracks>${track("AudioTrack", 1, { slots: [clip] })}</Tracks>${mainTrack({ tempo: 120 })}`);
  const audio = /** @type {any} */ (set.tracks[0].clip_slots[0].clip);
  assert.deepEqual([audio.file_path, audio.length, audio.sample_length], ["/music/kick.wav", 2, 88200]);
  assert.deepEqual([audio.warping, audio.looping, audio.lengthInBeats], [false, false, 4]);
});

test("warp markers come as they stand in the file, in seconds and beats, the hidden one too", () => {
  const marker = (/** @type {number} */ id, /** @type {number} */ second, /** @type {number} */ beat) =>
    `<WarpMarker Id="${id}" SecTime="${second}" BeatTime="${beat}" />`;
  const clip = `<AudioClip Id="0">${value("CurrentStart", 0)}${value("CurrentEnd", 4)}
    <WarpMarkers>${marker(1, 2, 4)}${marker(0, 0.5, 0)}${marker(2, 2.015625, 4.03125)}</WarpMarkers>
    <SampleRef>${value("DefaultDuration", 88200)}${value("DefaultSampleRate", 44100)}</SampleRef></AudioClip>`;
  const set = read(`<Tracks>${track("AudioTrack", 1, { slots: [clip] })}</Tracks>${mainTrack({ tempo: 120 })}`);
  const audio = /** @type {any} */ (set.tracks[0].clip_slots[0].clip);
  assert.deepEqual(audio.warp_markers.warp_markers, [
    { beat_time: 0, sample_time: 0.5 },
    { beat_time: 4, sample_time: 2 },
    { beat_time: 4.03125, sample_time: 2.015625 },
  ]);
});

const REVERB = `<Reverb Id="2"><On>${value("Manual", false)}<AutomationTarget Id="70" /></On>${value("UserName", "")}
  <DecayTime>${value("Manual", 1200)}<MidiControllerRange>${value("Min", 200)}${value("Max", 60000)}</MidiControllerRange>
    <AutomationTarget Id="71" /></DecayTime>
  <SpinOn>${value("Manual", true)}<AutomationTarget Id="72" /></SpinOn>
  <Quality>${value("Manual", 1)}<AutomationTarget Id="73" /></Quality></Reverb>`;

test("devices: class, title, on/off, parameters whose range the file tells", () => {
  const set = read(`<Tracks>${track("MidiTrack", 1, { devices: REVERB })}</Tracks>${mainTrack()}`);
  const [reverb] = set.tracks[0].devices;
  assert.deepEqual(
    [reverb.name, reverb.class_name, reverb.device_type, reverb.is_active],
    ["Reverb", "Reverb", 2, false],
  );
  assert.deepEqual(
    reverb.parameters.map((each) => [each.name, each.value, each.min, each.max]),
    [
      ["Device On", 0, 0, 1],
      ["Decay Time", 1200, 200, 60000],
      ["Spin On", 1, 0, 1],
    ],
  );
});

test("racks hold their chains, drum racks their pads; a Max device has its file's name", () => {
  const max = `<MxDeviceMidiEffect Id="1"><PatchSlot><Value><MxPatchRef><FileRef>
    ${value("RelativePath", "Presets/MIDI Effects/Max MIDI Effect/Bandmate Chords.amxd")}</FileRef></MxPatchRef></Value></PatchSlot>
    </MxDeviceMidiEffect>`;
  const drums = `<DrumGroupDevice Id="3"><Branches><DrumBranch><Name>${value("EffectiveName", "Kick")}</Name>
    <DeviceChain><MidiToAudioDeviceChain><Devices><OriginalSimpler Id="4" /></Devices></MidiToAudioDeviceChain></DeviceChain>
    <BranchInfo>${value("ReceivingNote", 92)}</BranchInfo></DrumBranch></Branches></DrumGroupDevice>`;
  const set = read(`<Tracks>${track("MidiTrack", 1, { devices: max + drums })}</Tracks>${mainTrack()}`);
  const [chords, rack] = /** @type {any[]} */ (set.tracks[0].devices);
  assert.deepEqual([chords.name, chords.type, chords.device_type], ["Bandmate Chords", "MaxDevice", 4]);
  assert.deepEqual(
    rack.filled_drum_pads.map((/** @type {any} */ pad) => [pad.note, pad.name, pad.chains[0].devices[0].name]),
    [[36, "Kick", "Simpler"]],
  );
});

const envelope = (/** @type {number} */ id, /** @type {Array<[number, number]>} */ points) =>
  `<AutomationEnvelope><EnvelopeTarget>${value("PointeeId", id)}</EnvelopeTarget><Automation><Events>
  ${points.map(([time, each]) => `<FloatEvent Time="${time}" Value="${each}" />`).join("")}</Events></Automation></AutomationEnvelope>`;

test("automation: real lanes are drawn and play, a resting value is none", () => {
  const set = read(
    `<Tracks>${track("MidiTrack", 1, {
      devices: REVERB,
      envelopes: envelope(71, [
        [-63072000, 200],
        [0, 200],
        [8, 1000],
      ]),
    })}</Tracks>${mainTrack({ envelopes: envelope(8, [[-63072000, 126]]) })}`,
  );
  const [, decay] = set.tracks[0].devices[0].parameters;
  assert.deepEqual([...set.automation.lanes], [decay]);
  assert.equal(decay.automation_state, 1);
  assert.equal(set.tempo, 126);
});

test("an automated tempo stands at its beginning; Live 9 keeps envelopes inside the parameter", () => {
  const points =
    '<FloatEvent Time="-63072000" Value="60" /><FloatEvent Time="0" Value="60" /><FloatEvent Time="8" Value="120" />';
  const inner = `<ArrangerAutomation><Events>${points}</Events></ArrangerAutomation>`;
  const body = `<Tracks>${track("MidiTrack", 1)}</Tracks>${mainTrack({ tempo: 120, tempoInner: inner, tag: "MasterTrack" })}`;
  const set = read(body, "Ableton Live 9.7.1");
  assert.equal(set.tempo, 60);
  assert.match(set.notices[0], /tempo is automated/);
});

test("clip envelopes: present, by parameter or by number", () => {
  const clip = midiClip({ envelopes: envelope(102, [[0, 0.5]]).replaceAll("AutomationEnvelope", "ClipEnvelope") });
  const set = read(`<Tracks>${track("MidiTrack", 1, { slots: [clip] })}</Tracks>${mainTrack()}`);
  const read1 = set.tracks[0].clip_slots[0].clip;
  assert.equal(read1?.has_envelopes, true);
  assert.ok(read1?.envelopes.has(set.tracks[0].mixer_device.panning));
});

test("curves of automation: kept with the point they begin at, on the line's edge where they leave their square", () => {
  const curved = (/** @type {string} */ controls) =>
    controls
      .split(" ")
      .map((each, at) => `CurveControl${["1X", "1Y", "2X", "2Y"][at]}="${each}"`)
      .join(" ");
  const events = (/** @type {string[]} */ drawn, word = "FloatEvent") =>
    drawn.map((each, at) => `<${word} Time="${4 * at}" Value="${200 * (at + 1)}" ${each} />`).join("");
  const lane = (/** @type {number} */ id, /** @type {string} */ inner) =>
    `<AutomationEnvelope><EnvelopeTarget>${value("PointeeId", id)}</EnvelopeTarget><Automation><Events>${inner}</Events></Automation></AutomationEnvelope>`;
  const decays = events([
    curved("0 1 0 1"),
    curved("0.5 0.5 0.5 0.5"),
    curved("-2 0.25 1.5 0.75"),
    'CurveControl1X="0.3"',
    curved("0 nan 0 1"),
    "",
  ]);
  const envelopes = lane(71, decays) + lane(72, events([curved("0 1 0 1")], "BoolEvent"));
  const clip = midiClip({ envelopes: lane(102, events([curved("0 1 0 1")])) });
  const set = read(
    `<Tracks>${track("MidiTrack", 1, { devices: REVERB, envelopes, slots: [clip] })}</Tracks>${mainTrack()}`,
  );
  const [, decay, spin] = set.tracks[0].devices[0].parameters;
  assert.deepEqual(
    decay.envelope?.map(({ curve }) => curve),
    [[0, 1, 0, 1], undefined, [0, 0.25, 1, 0.75], undefined, undefined, undefined],
  );
  assert.deepEqual(spin.envelope, [{ time: 0, value: 200 }]);
  assert.deepEqual(
    [...(set.tracks[0].clip_slots[0].clip?.envelopes.values() ?? [])],
    [[{ time: 0, value: 200, curve: [0, 1, 0, 1] }]],
  );
  assert.deepEqual(set.notices, ["2 curves of automation could not be read and are straight lines."]);
  assert.ok(Math.abs(valueAt(decay.envelope ?? [], 0.5) - 375) < 1e-6);
});

test("locators: sorted; one without a time is left out and said", () => {
  const locator = (/** @type {string} */ inner) => `<Locator>${inner}</Locator>`;
  const set = read(`<Tracks>${track("MidiTrack", 1)}</Tracks>${mainTrack()}<Locators><Locators>
    ${locator(value("Time", 60) + value("Name", "B"))}${locator(value("Time", 4) + value("Name", "A"))}
    ${locator(value("Name", "?"))}</Locators></Locators>`);
  assert.deepEqual(
    set.song.cue_points.map((cue) => [cue.name, cue.time]),
    [
      ["A", 4],
      ["B", 60],
    ],
  );
  assert.match(set.notices[0], /1 locators/);
});

test("a file without a tempo says so", () => {
  const set = read(`<Tracks>${track("MidiTrack", 1)}</Tracks>`);
  assert.equal(set.tempo, 120);
  assert.match(set.notices[0], /tells no tempo/);
});

const whole = gzipSync(setText(`<Tracks>${track("MidiTrack", 1)}</Tracks>${mainTrack()}`));
for (const [what, bytes, words, hint] of /** @type {Array<[string, string | Buffer, RegExp, RegExp]>} */ ([
  ["missing", "/no/such/set.als", /There is no file "set.als"/, /Check the path/],
  ["a folder", "/", /cannot be opened/, /Check that it is a file/],
  ["empty", Buffer.alloc(0), /is empty/, /Backup/],
  ["junk", Buffer.from("JUNK\n"), /is not a Live Set/, /\.als/],
  ["broken gzip", whole.subarray(0, 200), /compressed data cannot be read/, /Backup/],
  ["broken XML", Buffer.from(`${setText("").slice(0, -20)}`), /damaged at line \d+/, /Backup/],
  ["another document", Buffer.from("<html></html>"), /holds "html", not a Live Set/, /\.als/],
  ["a preset", Buffer.from('<Ableton Creator="Ableton Live 12.0"><Reverb /></Ableton>'), /holds "Reverb"/, /\.als/],
  [
    "Live 8",
    Buffer.from(setText("", "Ableton Live 8.1.4")),
    /made by Live 8\.1\.4; Sets of Live 9 to 12/,
    /newer Live/,
  ],
  ["no version", Buffer.from("<Ableton><LiveSet /></Ableton>"), /does not say which Live/, /save it again/],
])) {
  test(`a file that cannot be read says why and what helps: ${what}`, () => {
    assert.throws(
      () => LiveSet.fromAls(bytes),
      (error) => error instanceof SetFileError && words.test(error.message) && hint.test(error.hint),
    );
  });
}
