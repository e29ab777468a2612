import { cameraSheet } from "./camera.js";
import { captureSheet } from "./capture.js";
import { doneSheet } from "./done.js";
import { findingSheet } from "./finding.js";
import { measureSheet } from "./measure.js";
import { photoSheet } from "./photo.js";
import { reviewSheet } from "./review.js";
import { setSheet } from "./set.js";
import { storageSheet } from "./storage.js";
import { timingSheet } from "./timing.js";

/** The sheets by the name in their data-sheet. */
export const sheets = {
  camera: cameraSheet,
  capture: captureSheet,
  done: doneSheet,
  finding: findingSheet,
  measure: measureSheet,
  photo: photoSheet,
  review: reviewSheet,
  set: setSheet,
  storage: storageSheet,
  timing: timingSheet,
};
