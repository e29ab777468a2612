const BOX_SIZES = { s: 0.1, m: 0.18, l: 0.32 };

/** Return the box [x, y, width, height] around a point, all as fractions of the picture, as masking.box_at does. */
export function boxAt(point, size, { naturalWidth, naturalHeight }) {
  const side = BOX_SIZES[size] * Math.min(naturalWidth, naturalHeight);
  const sides = [side / naturalWidth, side / naturalHeight];
  const corner = point.map((part, n) => Math.max(0, Math.min(1 - sides[n], part - sides[n] / 2)));
  return [...corner, ...sides].map((part) => Math.round(part * 1e4) / 1e4);
}

/** Put an element over the part of the picture that a box covers. */
export function placeBox(element, box) {
  ["left", "top", "width", "height"].forEach((side, n) => {
    element.style[side] = `${box[n] * 100}%`;
  });
  return element;
}
