/// The portal's script, written by hand; every page works without it.
enum Script {
  /// Works a calculator out again while its fields change: asks for the same page that the form
  /// asks for, and puts the new result in the place of the old one.
  static let text = calculators + forms

  private static let calculators = #"""
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
        let problem;
        try {
          const answer = await fetch(label.dataset.upload, {
            method: "PUT", body: input.files[0],
            headers: { "content-type": "application/octet-stream" } });
          if (answer.ok) return location.reload();
          const told = await answer.json().catch(() => ({}));
          problem = told.errors?.[0]?.detail || told.detail || told.title || `${answer.status}`;
        } catch (fault) {
          problem = fault.message;
        }
        input.value = "";
        label.parentElement.querySelector("[role=alert]")?.remove();
        const note = document.createElement("p");
        note.className = "note bad";
        note.setAttribute("role", "alert");
        note.textContent = problem;
        label.after(note);
      });
    }

    """#
  /// Saves each answer of a form as it is given, shows what is wrong with it beside the field,
  /// brings up the questions that it leads to, and keeps the shortlist up to date.
  private static let forms = #"""
    // Which question is worth answering next takes a search: the page does not wait for it.
    let nextSearch = 0;
    const askNext = async () => {
      const place = document.querySelector("[data-next]");
      if (!place) return;
      const search = ++nextSearch;
      try {
        const answer = await fetch(place.dataset.next, { headers: { accept: "text/html" } });
        if (!answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById("next-question");
        if (fresh && search === nextSearch) place.replaceChildren(...fresh.childNodes);
      } catch { /* The way to it still stands there. */ }
    };
    askNext();
    for (const form of document.querySelectorAll("form[data-answers]")) {
      const list = document.getElementById("fields");
      const shown = () => [...list.querySelectorAll("[data-question]")];
      let isLive = false, facts = 0;
      const renew = async () => {
        const answer = await fetch(location.href, { headers: { accept: "text/html" } });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = [...page.querySelectorAll("#fields > [data-question]")];
        const ids = new Set(fresh.map((field) => field.dataset.question));
        for (const field of shown()) if (!ids.has(field.dataset.question)) field.remove();
        fresh.forEach((field, place) => {
          const there = shown();
          if (there.some((other) => other.dataset.question === field.dataset.question)) return;
          there[place] ? there[place].before(field) : list.append(field);
        });
        for (const part of ["shortlist", "progress"]) {
          const [here, now] = [document, page].map((root) => root.getElementById(part));
          if (here && now) here.replaceChildren(...now.childNodes);
        }
        await askNext();
      };
      const place = document.querySelector("[data-stream]");
      if (place && window.EventSource) {
        const events = new EventSource(place.dataset.stream);
        events.addEventListener("shortlist", (event) => {
          const version = JSON.parse(event.data).facts;
          if (isLive && version !== facts) renew().catch(() => {});
          isLive = true;
          facts = version;
        });
        events.addEventListener("error", () => { isLive = false; });
      }
      const save = async (field, value) => {
        const fault = document.getElementById(field + "-fault");
        const answer = await fetch(form.dataset.answers, {
          method: "PATCH", headers: { "content-type": "application/json" },
          body: JSON.stringify({ answers: { [field]: value === "" ? null : value } }),
        });
        if (answer.status === 422) {
          const problem = await answer.json();
          const own = problem.errors.find((error) => error.pointer === "/answers/" + field);
          if (fault) fault.textContent = (own || problem.errors[0]).detail;
          return;
        }
        if (!answer.ok) return;
        if (fault) fault.textContent = "";
        form.elements.revision.value = (await answer.json()).revision;
        if (!isLive) await renew();
      };
      let queue = Promise.resolve();
      form.addEventListener("change", (event) => {
        const { name, value, inputMode } = event.target;
        if (!event.target.closest("[data-question]")) return;
        const text = inputMode === "decimal" ? value.replace(",", ".") : value;
        // The form still works by its button.
        queue = queue.then(() => save(name, text.trim())).catch(() => {});
      });
    }

    """#
}
