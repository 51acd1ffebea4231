/** Song, its views, the application and scenes, in the words of `parse.js`. */
import { readClass } from "./parse.js";

export const SONG_CLASSES = [
  readClass(
    "Song",
    null,
    `
    tracks: Track[] observe
    visible_tracks: Track[] observe
    return_tracks: Track[] observe
    master_track: Track
    scenes: Scene[] observe
    cue_points: CuePoint[] observe
    view: Song.View
    tempo: float 20..999 get set observe
    signature_numerator: int 1..99 get set observe
    signature_denominator: int 1..16 get set observe
    is_playing: bool get set observe
    current_song_time: float 0..1576800 get set observe
    start_time: float 0..1576800 get set observe
    loop: bool get set observe
    loop_start: float 0..1576800 get set observe
    loop_length: float 0..1576800 get set observe
    root_note: int 0..11 get set observe
    scale_name: text get set observe
    scale_mode: bool get set observe since 12.0
    scale_intervals: list get observe
    groove_amount: float 0..1.3125 get set observe
    swing_amount: float 0..1 get set observe
    file_path: text get
    name: text get
    can_undo: bool get
    can_redo: bool get
    metronome: bool get set observe
    record_mode: bool get set observe
    session_record: bool get set observe
    session_record_status: int get observe
    session_automation_record: bool get set observe
    overdub: bool get set observe
    arrangement_overdub: bool get set observe
    back_to_arranger: bool get observe
    clip_trigger_quantization: int 0..13 get set observe
    midi_recording_quantization: int 0..8 get set observe
    song_length: float get observe
    last_event_time: float get
    punch_in: bool get set observe
    punch_out: bool get set observe
    re_enable_automation_enabled: bool get observe
    is_ableton_link_enabled: bool get set observe
    tempo_follower_enabled: bool get set observe
    exclusive_arm: bool get
    exclusive_solo: bool get
    count_in_duration: int get observe
    is_counting_in: bool get observe
    start_playing()
    stop_playing()
    continue_playing()
    play_selection()
    undo()
    redo()
    create_audio_track(index?: int)
    create_midi_track(index?: int)
    create_return_track()
    create_scene(index: int)
    delete_track(index: int)
    delete_return_track(index: int)
    delete_scene(index: int)
    duplicate_track(index: int)
    duplicate_scene(index: int)
    move_device(device: Device, target: Track, position: int)
    jump_by(beats: float)
    scrub_by(beats: float)
    jump_to_next_cue()
    jump_to_prev_cue()
    set_or_delete_cue()
    stop_all_clips(quantized?: bool)
    re_enable_automation()
    get_current_beats_song_time() reads
  `,
  ),
  readClass(
    "Song.View",
    null,
    `
    detail_clip: Clip set observe
    highlighted_clip_slot: ClipSlot set
    selected_track: Track set observe
    selected_scene: Scene set observe
    selected_chain: Chain set observe
    selected_parameter: DeviceParameter observe
    follow_song: bool get set observe
    draw_mode: bool get set observe
    select_device(device: Device)
  `,
  ),
  readClass(
    "Application",
    null,
    `
    view: Application.View
    control_surfaces: ControlSurface[] observe
    open_dialog_count: int get observe
    current_dialog_message: text get
    average_process_usage: float get observe
    peak_process_usage: float get observe
    get_version_string() reads
    get_major_version() reads
    get_minor_version() reads
    get_bugfix_version() reads
    get_document() reads
  `,
  ),
  readClass(
    "Application.View",
    null,
    `
    focused_document_view: text get observe
    browse_mode: bool get observe
    available_main_views() reads
    is_view_visible(name: text) reads
    show_view(name: text)
    focus_view(name: text)
    hide_view(name: text)
    toggle_browse()
  `,
  ),
  readClass(
    "Scene",
    null,
    `
    clip_slots: ClipSlot[] observe
    name: text get set observe
    color: int 0..16777215 get set observe
    color_index: int 0..69 get set observe
    tempo: float 20..999 get set observe
    tempo_enabled: bool get observe
    time_signature_numerator: int 1..99 get set observe
    time_signature_denominator: int 1..16 get set observe
    time_signature_enabled: bool get observe
    is_empty: bool get
    is_triggered: bool get observe
    fire()
    fire_as_selected()
    set_fire_button_state(pressed: bool)
  `,
  ),
  readClass(
    "CuePoint",
    null,
    `
    name: text get set observe
    time: float get observe
    jump()
  `,
  ),
];
