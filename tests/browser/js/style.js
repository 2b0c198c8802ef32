// How an element looks, as far as the tests ask.
(e) => {
  const style = getComputedStyle(e);
  return {
    ink: style.color,
    ground: style.backgroundColor,
    page: getComputedStyle(document.body).backgroundColor,
    shadow: style.boxShadow,
    opacity: style.opacity,
    outline: style.outlineStyle,
    size: parseFloat(style.fontSize),
    border: style.borderTopStyle,
    border_width: parseFloat(style.borderTopWidth),
    border_ink: style.borderTopColor,
  };
}
