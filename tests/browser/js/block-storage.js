// A browser that lets pages keep nothing.
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
  Object.defineProperty(window, name, {
    get() {
      throw new DOMException("blocked", "SecurityError");
    },
  });
}
Object.defineProperty(Document.prototype, "cookie", { get: () => "", set() {} });
