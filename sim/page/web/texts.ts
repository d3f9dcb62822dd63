// The languages of the page's own parts: another is a file beside these and its name here.
import * as de from "./languages/de";
import * as en from "./languages/en";
import * as es from "./languages/es";

export type Words = typeof en.words;
export const languages: Record<string, { name: string; words: Words }> = { en, de, es };
export const filled = (text: string, ...values: (string | number)[]) => text.replace(/\{(\d)\}/g, (_, i: string) => String(values[Number(i)] ?? ""));
