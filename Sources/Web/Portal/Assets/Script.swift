/// The portal's script, written by hand; every page works without it.
enum Script {
  /// Works a calculator out again while its fields change: asks for the same page that the form
  /// asks for, and puts the new result in the place of the old one.
  static let text = #"""
    "use strict";
    for (const form of document.querySelectorAll("form[data-live]")) {
      const result = document.getElementById(form.dataset.live);
      let timer, isAsking = false, isChanged = false;
      const ask = async () => {
        // At most one question is on its way; when it is answered, the latest change follows.
        if (isAsking) { isChanged = true; return; }
        isAsking = true;
        const fields = new URLSearchParams(new FormData(form));
        const address = form.getAttribute("action") + "?" + fields;
        try {
          const answer = await fetch(address, { headers: { accept: "text/html" } });
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          const fresh = page.getElementById(form.dataset.live);
          if (fresh && !isChanged) result.replaceChildren(...fresh.childNodes);
          history.replaceState(null, "", address);
        } catch { /* The form still works by its button. */ }
        isAsking = false;
        if (isChanged) { isChanged = false; ask(); }
      };
      form.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(ask, 60);
      });
      for (const slider of form.querySelectorAll("input[data-for]")) {
        const field = form.elements[slider.dataset.for];
        slider.hidden = false;
        slider.addEventListener("input", () => { field.value = slider.value; });
        field.addEventListener("input", () => { slider.value = field.value; });
      }
    }
    for (const form of document.querySelectorAll("form[data-check]")) {
      const verdict = document.getElementById(form.dataset.check);
      let timer, isAsking = false, isChanged = false;
      const ask = async () => {
        if (isAsking) { isChanged = true; return; }
        isAsking = true;
        const fields = new URLSearchParams(new FormData(form));
        fields.set("action", "check");
        try {
          const answer = await fetch(form.getAttribute("action"), {
            method: "POST", body: fields, headers: { accept: "text/html" } });
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          const fresh = page.getElementById(form.dataset.check);
          if (fresh && !isChanged) {
            verdict.replaceChildren(...fresh.childNodes);
            for (const cell of form.querySelectorAll("textarea")) {
              const other = page.getElementById(cell.id);
              cell.toggleAttribute("aria-invalid", false);
              if (other?.getAttribute("aria-invalid")) cell.setAttribute("aria-invalid", "true");
            }
          }
        } catch { /* The form still works by its buttons. */ }
        isAsking = false;
        if (isChanged) { isChanged = false; ask(); }
      };
      form.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(ask, 250);
      });
    }
    for (const label of document.querySelectorAll("label[data-upload]")) {
      label.hidden = false;
      const input = label.querySelector("input");
      input.addEventListener("change", async () => {
        if (!input.files.length) return;
        await fetch(label.dataset.upload, {
          method: "PUT", body: input.files[0],
          headers: { "content-type": "application/octet-stream" } });
        location.reload();
      });
    }

    """#
}
