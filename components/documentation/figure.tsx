import { cx } from "@/components/ui/cx";
import { type Pictured, pictured } from "@/lib/documentation/pictures";

/** A picture of a screen: on a desktop and on a phone beside each other, each a link to its full size. */
export function Figure({ name, alt }: { name: string; alt: string }) {
  const pictures = pictured(name);
  if (!pictures) return null;
  return (
    <figure className="grid gap-1.5">
      <div className="grid items-start gap-3 sm:grid-cols-[1.6fr_0.462fr]">
        <Themed pictures={pictures.phone} alt={`${alt} (on a phone)`} place="sm:order-last" />
        <Themed pictures={pictures.desktop} alt={`${alt} (on a wide screen)`} />
      </div>
      <figcaption className="text-muted text-sm">{alt}</figcaption>
    </figure>
  );
}

type Props = { pictures: Pictured["desktop"]; alt: string; place?: string };

/** What the theme hides is lazy, so it is never loaded. */
function Themed({ pictures: { light, dark }, alt, place }: Props) {
  const looks = [
    { ...light, when: "block dark:hidden" },
    { ...dark, when: "hidden dark:block" },
  ];
  return (
    <div className={cx("min-w-0", place)}>
      {looks.map(({ src, width, height, when }) => (
        <a key={src} href={src} className={when}>
          {/* biome-ignore lint/performance/noImgElement: they are made in the size in which they are shown */}
          <img
            src={src}
            width={width}
            height={height}
            alt={alt}
            loading="lazy"
            decoding="async"
            className="h-auto w-full rounded-md border border-line"
          />
        </a>
      ))}
    </div>
  );
}
