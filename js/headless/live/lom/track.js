/** Tracks, clip slots and clips, in the words of `parse.js`. */
import { readClass } from "./parse.js";

export const TRACK_CLASSES = [
  readClass(
    "Track",
    null,
    `
    clip_slots: ClipSlot[] observe
    arrangement_clips: Clip[] observe
    devices: Device[] observe
    group_track: Track
    mixer_device: MixerDevice
    view: Track.View
    name: text get set observe
    color: int 0..16777215 get set observe
    color_index: int 0..69 get set observe
    arm: bool get set observe
    can_be_armed: bool get
    mute: bool get set observe
    solo: bool get set observe
    is_foldable: bool get
    fold_state: bool get set
    is_grouped: bool get
    is_frozen: bool get observe
    can_be_frozen: bool get
    has_midi_input: bool get
    has_midi_output: bool get
    has_audio_input: bool get
    has_audio_output: bool get observe
    is_visible: bool get
    playing_slot_index: int get observe
    fired_slot_index: int get observe
    current_monitoring_state: int 0..2 get set observe
    back_to_arranger: bool get set observe
    performance_impact: float get observe
    create_midi_clip(start_time: float, length: float)
    create_audio_clip(file_path: text, position: float)
    delete_clip(clip: Clip)
    delete_device(index: int)
    duplicate_clip_slot(index: int)
    duplicate_clip_to_arrangement(clip: Clip, time: float)
    stop_all_clips()
    jump_in_running_session_clip(beats: float)
  `,
  ),
  readClass(
    "Track.View",
    null,
    `
    selected_device: Device observe
    is_collapsed: bool get set observe
    device_insert_mode: int 0..2 get set observe
    select_instrument()
  `,
  ),
  readClass(
    "ClipSlot",
    null,
    `
    clip: Clip
    has_clip: bool get observe
    has_stop_button: bool get set observe
    is_playing: bool get
    is_recording: bool get
    is_triggered: bool get observe
    playing_status: int get observe
    is_group_slot: bool get
    color: int get observe
    will_record_on_start: bool get
    create_clip(length: float)
    create_audio_clip(file_path: text)
    delete_clip()
    duplicate_clip_to(target: ClipSlot)
    fire()
    stop()
    set_fire_button_state(pressed: bool)
  `,
  ),
  readClass(
    "Clip",
    null,
    `
    view: Clip.View
    name: text get set observe
    color: int 0..16777215 get set observe
    color_index: int 0..69 get set observe
    muted: bool get set observe
    is_audio_clip: bool get
    is_midi_clip: bool get
    is_session_clip: bool get
    is_arrangement_clip: bool get
    is_take_lane_clip: bool get
    is_playing: bool get
    is_recording: bool get observe
    is_triggered: bool get
    is_overdubbing: bool get observe
    playing_position: float get observe
    playing_status: int get observe
    start_time: float get observe
    end_time: float get observe
    will_record_on_start: bool get
    start_marker: float get set observe
    end_marker: float get set observe
    loop_start: float get set observe
    loop_end: float get set observe
    looping: bool get set observe
    length: float get
    position: float get set observe
    signature_numerator: int 1..99 get set observe
    signature_denominator: int 1..16 get set observe
    launch_mode: int 0..3 get set observe
    launch_quantization: int 0..14 get set observe
    legato: bool get set observe
    velocity_amount: float 0..1 get set observe
    has_groove: bool get
    has_envelopes: bool get observe
    fire()
    stop()
    crop()
    duplicate_loop()
    clear_envelope(parameter: DeviceParameter)
    clear_all_envelopes()
  `,
  ),
  readClass(
    "MidiClip",
    "Clip",
    `
    notes: signal observe
    get_notes_extended(from_pitch: any, pitch_span?: int, from_time?: float, time_span?: float) reads
    get_all_notes_extended(options?: dict) reads
    get_selected_notes_extended(options?: dict) reads
    get_notes_by_id(first: any, ...more: int) reads
    add_new_notes(notes: dict)
    apply_note_modifications(notes: dict)
    remove_notes_extended(from_pitch: int, pitch_span: int, from_time: float, time_span: float)
    remove_notes_by_id(first: any, ...more: int)
    select_all_notes()
    deselect_all_notes()
    select_notes_by_id(first: any, ...more: int)
    duplicate_notes_by_id(first: any, ...more: int)
    duplicate_region(start: float, length: float, destination: float, pitch?: int, transpose?: int)
    quantize(grid: int, amount: float)
  `,
  ),
  readClass(
    "AudioClip",
    "Clip",
    `
    gain: float 0..1 get set observe
    pitch_coarse: int -48..48 get set observe
    pitch_fine: float -50..49 get set observe
    warping: bool get set observe
    warp_mode: int 0..6 get set observe
    available_warp_modes: list get
    warp_markers: dict get observe
    file_path: text get observe
    sample_length: int get
    sample_rate: float get
    ram_mode: bool get set observe
    add_warp_marker(marker: dict)
    move_warp_marker(beat_time: float, beat_time_distance: float)
    remove_warp_marker(beat_time: float)
  `,
  ),
  readClass(
    "Clip.View",
    null,
    `
    grid_quantization: int 0..10 get set
    grid_is_triplet: bool get set
    show_envelope()
    hide_envelope()
    show_loop()
  `,
  ),
];
