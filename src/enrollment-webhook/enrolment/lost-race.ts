/** Another transaction was first. The code makes the unit of work run again, on what that one left. */
export class LostRace extends Error {
  override readonly name = 'LostRace';
  readonly code = '40001';
}
