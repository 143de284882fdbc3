import { useEffect, useState } from "react";
import { useLanguage } from "../i18n/use-language.ts";
import { formatAgo, formatFull } from "./format/format-time.ts";

const TICK_MS = 30_000;

/** A moment as "5 minutes ago", which goes on by itself; in full when pointed at. */
export function Ago({ at }: { at: string }) {
  useLanguage();
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={formatFull(at)} className="numbers">
      {formatAgo(at, nowMs)}
    </time>
  );
}
