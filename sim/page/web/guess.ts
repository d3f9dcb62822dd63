// Guess before you see: the answer is hidden until somebody has said what they expect. It is of the moment: no address has it, so that
// a link shows the answer to everybody.
import { el } from "./dom";
import type { Named } from "./protocol";
import { filled, type Words } from "./texts";

export class Guess {
  on = false;
  value: number | undefined;

  // Whether the answer is to be hidden.
  get hides(): boolean { return this.on && this.value === undefined; }
  show(): void { document.body.classList.toggle("unseen", this.hides); }
  // Another question takes another guess.
  forget(): void {
    this.value = undefined;
    const input = document.getElementById("guess") as HTMLInputElement | null;
    if (input) input.value = "";
    document.getElementById("guessed")?.replaceChildren();
    this.show();
  }

  field(words: Words, about: Named, given: () => void): HTMLElement {
    const input = el("input", { type: "number", id: "guess", step: "any", required: true, "aria-describedby": "guess-help" });
    return el("form", { id: "guessing", submit: (event) => {
      event.preventDefault();
      if (input.value === "" || !Number.isFinite(Number(input.value))) return;
      this.value = Number(input.value);
      this.show(), given();
    } },
      el("div", { class: "choice" }, el("label", { for: "guess" }, filled(words.guessLabel, about.words, about.unit)), input),
      el("p", { class: "hint", id: "guess-help" }, words.guessSign),
      el("button", { type: "submit" }, words.guessShow));
  }
}
