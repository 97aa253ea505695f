/// The portal's script, written by hand; every page works without it.
enum Script {
  /// Works a calculator out again while its fields change: asks for the same page that the form
  /// asks for, and puts the new result in the place of the old one.
  static let text = #"""
    "use strict";
    for (const form of document.querySelectorAll("form[data-live]")) {
      const result = document.getElementById(form.dataset.live);
      let timer, isAsking = false, isChanged = false;
      // What is wrong stands beside its field; texts and focus stay as they are.
      const showFaults = (page) => {
        for (const field of form.querySelectorAll("input[id], select[id]")) {
          const id = field.id + "-fault";
          const fault = page.getElementById(id);
          document.getElementById(id)?.remove();
          if (fault) {
            field.closest(".field").append(document.adoptNode(fault));
            field.setAttribute("aria-invalid", "true");
            field.setAttribute("aria-describedby", id);
          } else {
            field.removeAttribute("aria-invalid");
            field.removeAttribute("aria-describedby");
          }
        }
      };
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
          if (fresh && !isChanged) {
            result.replaceChildren(...fresh.childNodes);
            showFaults(page);
          }
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

    """#
}
