import { create } from "d3";
import { messageOf } from "../../messages/messageOf.js";

interface CameraOptions {
  /** Receives a frame to detect in; the next is taken when it resolves, so that none queue up. */
  readonly frame: (image: ImageBitmap) => Promise<void>;
  readonly started: () => void;
  readonly stopped: () => void;
  /** Receives a sentence on why there are no pictures. */
  readonly failed: (problem: string) => void;
}

export interface Camera {
  readonly element: HTMLElement;
  stop(): void;
}

const sides = [
  { value: "environment", label: "back camera" },
  { value: "user", label: "front camera" },
] as const;

/** Buttons that start and stop the camera, and the choice of its side. */
export function camera({ frame, started, stopped, failed }: CameraOptions): Camera {
  const box = create("div").attr("class", "camera");
  const button = box.append("button").attr("type", "button").text("Use the camera");
  const select = box.append("select").attr("aria-label", "Which camera");
  select
    .selectAll("option")
    .data(sides)
    .join("option")
    .attr("value", ({ value }) => value)
    .text(({ label }) => label);
  let stream: MediaStream | null = null;
  /** Counts starts and stops: a loop continues only while it is the latest. */
  let turn = 0;

  function stop(): void {
    turn++;
    if (stream === null) return;
    for (const track of stream.getTracks()) track.stop();
    stream = null;
    button.text("Use the camera");
    stopped();
  }

  async function start(): Promise<void> {
    stop();
    const mine = ++turn;
    let opened: MediaStream;
    try {
      opened = await openCamera(select.property("value"));
    } catch (error) {
      failed(explained(error));
      return;
    }
    if (mine !== turn) {
      for (const track of opened.getTracks()) track.stop();
      return;
    }
    stream = opened;
    button.text("Stop the camera");
    started();
    opened.getVideoTracks()[0]?.addEventListener("ended", () => {
      if (mine !== turn) return;
      stop();
      failed("The camera was disconnected. Press the button to ask for it again.");
    });
    try {
      await eachFrame(opened, () => mine === turn, frame);
    } catch (error) {
      if (mine !== turn) return;
      stop();
      failed(messageOf(error));
    }
  }

  button.on("click", () => (stream === null ? start() : stop()));
  select.on("change", () => (stream === null ? undefined : start()));
  return { element: box.node()!, stop };
}

function openCamera(facingMode: string): Promise<MediaStream> {
  if (navigator.mediaDevices === undefined) {
    throw new Error("Browsers allow the camera only on pages served over https or from this computer.");
  }
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode, width: { ideal: 1280 }, height: { ideal: 720 } },
  });
}

async function eachFrame(
  stream: MediaStream,
  continues: () => boolean,
  act: (image: ImageBitmap) => Promise<void>,
): Promise<void> {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  await video.play();
  while (continues()) {
    // A page out of sight gets no animation frames, and so takes no pictures.
    await new Promise(requestAnimationFrame);
    if (continues() && video.videoWidth > 0) await act(await createImageBitmap(video));
  }
  video.srcObject = null;
}

function explained(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  switch (name) {
    case "NotAllowedError":
      return "The camera was not allowed. Allow it for this page in the browser's address bar, then press the button again.";
    case "NotFoundError":
    case "OverconstrainedError":
      return "No camera was found. Connect one, or open a photo instead.";
    case "NotReadableError":
      return "The camera could not be read; another program may be using it. Close that one and press the button again.";
    default:
      return messageOf(error);
  }
}
