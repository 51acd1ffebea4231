/**
 * Whether a part would follow itself. What it plays sounds on its own track and on the groups above that; a part on another
 * track that follows this one carries it on to there. Following any of these would turn in a circle.
 */

/**
 * @typedef {object} Wiring how things stand in the Set
 * @property {(track: number) => number} groupOf the group a track is in, 0 for none
 * @property {readonly {home: number, source: number}[]} followers each part that follows, and which track
 */

/**
 * @param {number} home track of the part
 * @param {number} source track that it would follow
 * @param {Wiring} wiring
 * @returns {boolean}
 */
export function turnsInCircle(home, source, { groupOf, followers }) {
  /** @param {number} track @param {number} outer whether its sound is in that of `outer` */
  const sounds = (track, outer) => {
    for (let at = track; at !== 0; at = groupOf(at)) if (at === outer) return true;
    return false;
  };
  const ahead = [source];
  // Each track is looked at once: others may turn in a circle of their own.
  for (const track of ahead) {
    if (sounds(home, track)) return true;
    for (const each of followers) {
      if (sounds(each.home, track) && !ahead.includes(each.source)) ahead.push(each.source);
    }
  }
  return false;
}
