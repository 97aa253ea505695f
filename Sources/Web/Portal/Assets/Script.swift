/// The portal's script, written by hand; every page works without it.
enum Script {
  /// Works a calculator out again while its fields change: asks for the same page that the form
  /// asks for, and puts the new result in the place of the old one.
  static let text = #"""
    "use strict";
    for (const form of document.querySelectorAll("form[data-live]")) {
      const result = document.getElementById(form.dataset.live);
      let timer, asked;
      const ask = async () => {
        const fields = new URLSearchParams(new FormData(form));
        const address = form.getAttribute("action") + "?" + fields;
        const mine = asked = Symbol();
        try {
          const answer = await fetch(address, { headers: { accept: "text/html" } });
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          const fresh = page.getElementById(form.dataset.live);
          if (mine !== asked || !fresh) return;
          result.replaceChildren(...fresh.childNodes);
          history.replaceState(null, "", address);
        } catch { /* The form still works by its button. */ }
      };
      form.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(ask, 150);
      });
    }

    """#
}
