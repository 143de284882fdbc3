/** How a scroll should go: at once for whoever asked the system for less motion. */
export function scrollBehavior(): "smooth" | "instant" {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
