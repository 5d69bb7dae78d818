// Show only the stances that go with what the claim is about; without this the server says so.
const form = document.querySelector("form[data-claim]");
const target = form?.elements.target;
const stance = form?.elements.stance;

function fit() {
  const chosen = target.selectedOptions[0]?.closest("optgroup");
  const place = [...target.querySelectorAll("optgroup")].indexOf(chosen);
  stance.querySelectorAll("optgroup").forEach((group, index) => {
    group.disabled = index !== place;
    group.hidden = index !== place;
  });
  if (stance.selectedOptions[0]?.closest("optgroup")?.disabled) {
    stance.value = stance.querySelector("optgroup:not([disabled]) option")?.value ?? "";
  }
}

if (target && stance) {
  target.addEventListener("change", fit);
  fit();
}
