/** Tell whether nothing more is recorded in this walk. */
export function isOver({ record }) {
  return ["finished", "void"].includes(record.state.status);
}
