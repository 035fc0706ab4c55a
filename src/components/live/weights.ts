import type { LoadedWeights } from "../../messages/detection.js";
import type { LiveWeights } from "../../pageData/live.js";
import { shownText } from "../../text/shownText.js";

/** One line on what weights are: "SpineNet-49, 0.61 million parameters at 256 × 256 pixels, 1.3 MB. AP …". */
export function aboutWeights({ model, parameters, inputSize, bytes, measured }: LiveWeights): string {
  const size = `${networkOf({ model, parameters, inputSize })}, ${(bytes / 1e6).toFixed(1)} MB.`;
  if (measured === null) return `${size} No run record measures them.`;
  const AP = measured.AP === null ? "AP not measured" : `AP ${(100 * measured.AP).toFixed(1)}`;
  return `${size} ${AP} on ${measured.on}.`;
}

/** More names than these would push the page apart. */
const mostNames = 12;

/** One line on weights of the reader's own: "SpineNet-49, …, 1.3 MB. Classes: boat, kite. They stay in this page." */
export function aboutOwnWeights({ classes, ...network }: LoadedWeights, bytes: number): string {
  const beyond = classes.length - mostNames;
  const named =
    classes
      .slice(0, mostNames)
      .map((name) => shownText(name))
      .join(", ") + (beyond > 0 ? ` and ${beyond} more` : "");
  return `${networkOf(network)}, ${(bytes / 1e6).toFixed(1)} MB. Classes: ${named}. They stay in this page.`;
}

function networkOf({
  model,
  parameters,
  inputSize,
}: Pick<LoadedWeights, "model" | "parameters" | "inputSize">): string {
  return `${shownText(model)}, ${(parameters / 1e6).toFixed(2)} million parameters, ${inputSize.join(" × ")} pixels`;
}

/** What to say about weights that know nothing in a picture; `fitting` are titles of some that do. */
export function mistakenSentence(fitting: readonly string[]): string {
  const mistaken =
    "This model was not trained to find anything in this picture, so its detections are wrong.";
  if (fitting.length === 0) return mistaken;
  const titles = fitting.map((title) => `“${shownText(title)}”`).join(", ");
  return `${mistaken} ${titles} ${fitting.length === 1 ? "fits" : "fit"} it.`;
}
