import type { Selection } from "d3";
import type { LiveSample } from "../../pageData/live.js";
import { classFilter } from "./classFilter.js";
import { countsByClass, selectedObjects, sentenceOf } from "./detectedObjects.js";
import { detectionTable } from "./detectionTable.js";
import { detectionView } from "./detectionView.js";
import { scoreSlider } from "./scoreSlider.js";
import type { SessionState } from "./session.js";
import { statusOf } from "./status.js";

interface LiveResultsOptions {
  readonly samples: readonly LiveSample[];
  /** The minimum score at first. */
  readonly score: number;
  readonly scoreChanged: (score: number) => void;
}

interface LiveResults {
  /** The picture. */
  readonly view: HTMLElement;
  /** @param notes sentences on how the weights fit the picture */
  show(state: SessionState, notes: readonly string[]): void;
  /** Says something in the place of the status, until the next state. */
  say(text: string): void;
}

type Root = Selection<HTMLDivElement, undefined, null, undefined>;

/** Appends the picture with its boxes, and what the reader chooses to see of them. */
export function liveResults(
  root: Root,
  { samples, score: first, scoreChanged }: LiveResultsOptions,
): LiveResults {
  let score = first;
  let last: readonly [state: SessionState, notes: readonly string[]] | null = null;
  let shownPicture: SessionState["picture"] = null;
  const again = () => {
    if (last !== null) show(...last);
  };
  const point = (index: number | null) => {
    view.point(index);
    table.point(index);
  };
  const view = detectionView({ classes: () => last?.[0].weights?.classes ?? [], pointed: point });
  const table = detectionTable({ pointed: point });
  const filter = classFilter(again);
  const slider = scoreSlider({
    value: score,
    changed: (next) => {
      score = next;
      scoreChanged(next);
      again();
    },
  });

  const seen = root.append("div").attr("class", "live-seen");
  seen.append(() => view.element);
  const status = seen.append("p").attr("class", "live-status");
  /** What was found, for the eye; with a camera's pictures too fast to be read out. */
  const found = status.append("span");
  const said = status.append("span").attr("role", "status");
  const alert = seen.append("p").attr("class", "live-problem").attr("role", "alert");
  const credit = seen.append("p").attr("class", "small");
  const backend = seen.append("p").attr("class", "small live-backend");
  const chosen = root.append("div").attr("class", "live-shown");
  chosen.append(() => slider);
  chosen.append(() => filter.element);
  const details = chosen.append("details");
  details.append("summary").text("The boxes as a table");
  details.append(() => table.element);
  return { view: view.element, show, say: (text) => void said.text(text) };

  function show(state: SessionState, notes: readonly string[]): void {
    last = [state, notes];
    showPicture(state);
    showObjects(state);
    const words = statusOf(state);
    const { picture, outcome, activity, problem } = state;
    root.attr("data-origin", outcome?.origin ?? null).attr("aria-busy", activity === "" ? null : "true");
    if (picture?.moving) found.text(`${found.text()}${words.said} `);
    else said.text([words.said, ...notes].filter(Boolean).join(" "));
    backend.text(words.backend);
    alert.text(problem ?? "");
  }

  function showPicture({ picture }: SessionState): void {
    if (picture !== null && picture !== shownPicture) {
      const sample = samples.find(({ id }) => id === picture.sample);
      view.picture(picture.bitmap, sample?.title ?? picture.name);
      credit.text(sample?.credit ?? "");
      root.classed("of-sample", sample !== undefined);
    }
    shownPicture = picture;
  }

  function showObjects({ picture, outcome, weights }: SessionState): void {
    const objects = outcome?.objects ?? [];
    const selected = selectedObjects(objects, { score, hidden: filter.hidden });
    const classes = weights?.classes ?? [];
    if (picture !== null) view.boxes(selected, [picture.width, picture.height]);
    table.rows(selected, classes);
    const met = new Set(objects.map(({ name }) => name));
    const counted = classes.filter((name) => met.has(name));
    filter.list(countsByClass(objects, counted, score), classes);
    found.text(outcome === null ? "" : `${sentenceOf(selected)}. `);
  }
}
