// Forgets the journey of this tab, and goes on to the first page as somebody who was never here.
{
  const { to } = document.currentScript.dataset;
  try {
    sessionStorage.removeItem("funnelgen");
  } catch {
    // Storage is blocked: every page is a new visitor's already.
  }
  location.replace(to);
}
