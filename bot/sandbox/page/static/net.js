// Speaks with the page's server: one stream of what is seen, one call for each click.

let source = null;

// `onView` gets the parts that changed; `onLost` is called when the demo cannot be reached.
export function watch(query, onView, onLost) {
  source?.close();
  const mine = (source = new EventSource(`/events?${new URLSearchParams(query)}`));
  mine.onmessage = (event) => mine === source && onView(JSON.parse(event.data));
  mine.onerror = () => mine === source && onLost();
}

export async function post(path, body = {}) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    return answer.headers.get("Content-Type")?.startsWith("application/json") ? JSON.parse(text) : { error: text };
  } catch {
    return { error: "The demo does not answer. Is it still running?" };
  }
}
