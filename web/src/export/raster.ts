/** Drawings to pixels. */

/** A drawing as an address; one of data is no other origin's anywhere, not even in a sandbox. */
export const addressOf = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg)}`

/** `under` is drawn at (x, y), all in pixels; the drawing covers the canvas. */
export async function paint(
  canvas: HTMLCanvasElement,
  svg: string,
  { paper, under, x, y }: { paper: string; under: ImageData | null; x: number; y: number },
): Promise<CanvasRenderingContext2D> {
  const pen = canvas.getContext("2d", { willReadFrequently: true })
  if (!pen) throw new Error("The browser gives no canvas of this size.")
  const image = new Image()
  image.src = addressOf(svg)
  await image.decode()
  pen.fillStyle = paper
  pen.fillRect(0, 0, canvas.width, canvas.height)
  if (under) pen.putImageData(under, x, y)
  pen.drawImage(image, 0, 0, canvas.width, canvas.height)
  return pen
}

export function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas")
  canvas.width = width
  canvas.height = height
  return canvas
}

export const pngOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large for this browser."))),
      "image/png",
    ),
  )

/** An image as an address of its own. */
export function embedded(image: ImageData): string {
  const canvas = canvasOf(image.width, image.height)
  canvas.getContext("2d")?.putImageData(image, 0, 0)
  return canvas.toDataURL("image/png")
}
