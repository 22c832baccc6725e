import { expect, test } from "vitest";
import { invitationMessage, passwordMessage } from "./messages.ts";

const FACTS = { link: "https://exports.example.org/x#abc", expiresAt: new Date("2026-03-01T14:05:00Z") };

test("messages say the same in text and in HTML, in both languages", () => {
  const english = passwordMessage("en", FACTS);
  expect(english.text).toContain(FACTS.link);
  expect(english.html).toMatch(/<a href="https:\/\/exports\.example\.org\/x#abc" [^>]*>Choose a new password<\/a>/);
  expect(english.text).toMatch(/until\sSunday,\sMarch\s1,\s2026\sat\s2:05\sPM\s\(Coordinated\sUniversal\sTime\)/);
  const french = passwordMessage("fr", FACTS);
  expect(french.html).toContain('<html lang="fr">');
  expect(french.text).toMatch(/jusqu’au\sdimanche\s1er\smars\s2026\sà\s14:05\s\(temps\suniversel\scoordonné\)/);
});

test("names of others stay text, on one line", () => {
  const { subject, text, html } = invitationMessage("en", { ...FACTS, org: "Lab\r\nBcc: x@y.z", by: '<img src="x">' });
  expect(subject).toBe("Invitation to Lab Bcc: x@y.z");
  expect(text).toContain('<img src="x"> invites you');
  expect(html).toContain("&lt;img src=&quot;x&quot;&gt; invites you");
  expect(invitationMessage("fr", { ...FACTS, org: "Labo", by: null }).text).toMatch(/^L’exploitant vous invite/);
});
