import { crc32, deflateSync } from "node:zlib";

/** A file as an integrator would send it. */
export interface SampleFile {
  mime: string;
  bytes: Buffer;
}

/** A picture of `width` by `height` whose every pixel `paint` chooses, as red, green and blue from 0 to 255. */
export function makePng(
  width: number,
  height: number,
  paint: (x: number, y: number) => readonly [number, number, number],
): Buffer {
  const rows = Buffer.alloc(height * (1 + 3 * width));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows.set(paint(x, y), y * (1 + 3 * width) + 1 + 3 * x);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const chunks = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows, { level: 9 }))];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...chunks, chunk("IEND")]);
}

/** A PDF of one page that readers open; `text` is what stands on it. */
export function makePdf(text: string): Buffer {
  const content = `BT /F1 24 Tf 72 720 Td (${text}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const head = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  const tail = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + head + tail, "latin1");
}

const PNG = makePng(4, 4, (x, y) => [x * 60, y * 60, 128]);
/** A JPEG of one pixel. */
const JPG = Buffer.from(
  `ffd8ffe000104a46494600010100000100010000ffdb004300${"03".repeat(64)}ffc0000b080001000101011100ffc40014` +
    "0001000000000000000000000000000000" +
    "0003ffc40014100100000000000000000000000000000000ffda0008010100003f0037ffd9",
  "hex",
);
const MP4 = Buffer.concat([
  Buffer.from("0000001866747970", "hex"),
  Buffer.from("mp42"),
  Buffer.from("00000000", "hex"),
  Buffer.from("mp42isom"),
  Buffer.from("0000000866726565", "hex"),
]);
const MP3 = Buffer.concat([
  Buffer.from("49443303000000000000", "hex"),
  Buffer.from("fffb9000", "hex"),
  Buffer.alloc(413),
]);

/** One file of each type that the manual names, by its extension. */
export const SAMPLE_FILES: Record<string, SampleFile> = {
  pdf: { mime: "application/pdf", bytes: makePdf("Factura 881") },
  jpg: { mime: "image/jpeg", bytes: JPG },
  png: { mime: "image/png", bytes: PNG },
  mp3: { mime: "audio/mpeg", bytes: MP3 },
  mp4: { mime: "video/mp4", bytes: MP4 },
  txt: { mime: "text/plain", bytes: Buffer.from("Señor Pérez: su factura está lista.\n") },
  docx: {
    mime: officeMime("wordprocessingml.document"),
    bytes: makeOffice("wordprocessingml.document", "word/document.xml"),
  },
  xlsx: {
    mime: officeMime("spreadsheetml.sheet"),
    bytes: makeOffice("spreadsheetml.sheet", "xl/workbook.xml"),
  },
  pptx: {
    mime: officeMime("presentationml.presentation"),
    bytes: makeOffice("presentationml.presentation", "ppt/presentation.xml"),
  },
  zip: { mime: "application/zip", bytes: makeZip({ "leame.txt": "hola" }) },
};

function officeMime(kind: string): string {
  return `application/vnd.openxmlformats-officedocument.${kind}`;
}

function makeOffice(kind: string, part: string): Buffer {
  const type = `${officeMime(kind)}.main+xml`;
  const override = `<Override PartName="/${part}" ContentType="${type}"/>`;
  const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${override}</Types>`;
  return makeZip({ "[Content_Types].xml": types, [part]: "<x/>" });
}

/** PKWARE APPNOTE §4.3.7, §4.3.12 and §4.3.16, without compression. */
function makeZip(files: Record<string, string>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const bytes = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = [Buffer.from("PK\u0003\u0004", "latin1"), common, Buffer.from(name), bytes];
    const where = Buffer.alloc(14);
    where.writeUInt32LE(at, 10);
    const made = Buffer.from([20, 0]);
    directory.push(Buffer.from("PK\u0001\u0002", "latin1"), made, common, where, Buffer.from(name));
    parts.push(...local);
    at += local.reduce((sum, part) => sum + part.length, 0);
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(files).length, 4);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, central, Buffer.from("PK\u0005\u0006", "latin1"), end]);
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const name = Buffer.from(type, "latin1");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(Buffer.concat([name, data])));
  return Buffer.concat([length, name, data, sum]);
}
