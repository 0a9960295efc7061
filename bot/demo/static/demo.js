// Three phones: what is typed goes to the twins, what happens on their screens is asked for.

import { segments } from "./segments.js";

const PHONES = "/demo/phones";
const SAMPLE = {
  photo: ["lubang.jpg", "image/jpeg"],
  voice: ["suara.ogg", "audio/ogg"],
  place: { latitude: -7.75871, longitude: 110.38183 },
};
const CLOCK = { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Jakarta" }; // as the desk tells the time
const PATIENCE = 10000; // milliseconds that a phone shows dots for
const [EAGER, IDLE] = [250, 800]; // milliseconds between questions
const PIECES = { audio: ["Pesan suara", "voice"], video: ["Video", "camera"] };
const SVG = "http://www.w3.org/2000/svg";
const MARKS = { sending: ["…", "sedang dikirim"], delivered: ["✓", "terkirim"], failed: ["!", "tidak terkirim"] };

let seen = 0; // the number of the last change shown
let timer;

const template = document.getElementById("entry");
const main = document.querySelector("main");
const trouble = document.querySelector(".trouble");

function element(name, attributes, ...children) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children);
  return made;
}

async function post(path, body) {
  const json = !(body instanceof FormData);
  const headers = json ? { "Content-Type": "application/json", "X-Lapor-Demo": "1" } : { "X-Lapor-Demo": "1" };
  const options = { method: "POST", headers, body: json ? JSON.stringify(body) : body };
  const taken = await fetch(`${PHONES}/${path}`, options).then((answer) => answer.ok, () => false);
  follow();
  return taken;
}

class Phone {
  constructor(section) {
    this.channel = section.dataset.channel;
    this.log = section.querySelector(".log");
    this.text = section.querySelector("textarea");
    this.count = section.querySelector(".count");
    this.file = section.querySelector("input[type=file]");
    this.attach = section.querySelector(".attach");
    this.commands = section.querySelector(".commands");
    this.reply = section.querySelector(".reply");
    this.blocked = false;
    this.dots = element("li", { className: "entry dots", ariaHidden: "true" });
    this.dots.append(element("i"), element("i"), element("i"));
    this.listen(section);
  }

  listen(section) {
    section.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.say(Number(event.submitter?.value ?? 1));
    });
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.say(1);
    });
    this.text.addEventListener("input", () => this.measure());
    section.querySelector(".example").addEventListener("click", (event) => {
      this.text.value = event.target.textContent;
      this.measure();
      this.text.focus();
    });
    if (this.attach) this.listenToMenu(section);
  }

  listenToMenu(section) {
    const acts = {
      sample: () => this.sample(...SAMPLE.photo),
      voice: () => this.sample(...SAMPLE.voice),
      choose: () => this.file.click(),
      share: () => this.share(),
      close: () => post(`${this.channel}/close`, {}),
      introduce: () => this.introduce(),
      block: () => this.block(section.querySelector("[data-act=block] span")),
    };
    for (const button of section.querySelectorAll("[data-act]")) {
      button.addEventListener("click", () => {
        this.attach.open = false;
        acts[button.dataset.act]();
      });
    }
    this.file.addEventListener("change", () => {
      if (this.file.files.length) this.send([...this.file.files]);
      this.file.value = "";
    });
    section.addEventListener("focusout", (event) => {
      if (!this.attach.contains(event.relatedTarget)) this.attach.open = false;
      if (this.commands && !this.commands.contains(event.relatedTarget)) this.commands.open = false;
    });
    this.commands?.addEventListener("toggle", () => this.offer());
    this.reply.firstElementChild.addEventListener("click", () => {
      this.reply.hidden = true; // a keyboard of one time
      acts[this.reply.dataset.kind === "number" ? "introduce" : "share"]();
    });
    this.attach.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.attach.open = false;
      this.attach.querySelector("summary").focus();
    });
  }

  /** Send what is written, `times` times. */
  async say(times) {
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = "";
    this.measure();
    if (!(await post(`${this.channel}/say`, { text, times }))) {
      this.text.value = text;
      this.measure();
    }
  }

  async send(files) {
    const form = new FormData();
    for (const file of files) form.append("file", file);
    form.append("caption", this.text.value.trim());
    if (await post(`${this.channel}/send`, form)) this.text.value = "";
  }

  async sample(name, type) {
    const file = await fetch(`/demo/static/${name}`);
    this.send([new File([await file.blob()], name, { type })]);
  }

  share() {
    post(`${this.channel}/share`, SAMPLE.place);
  }

  introduce() {
    post(`${this.channel}/introduce`, {});
  }

  /** Block the bot, or let it in again. */
  async block(label) {
    if (!(await post(`${this.channel}/block`, { blocked: !this.blocked }))) return;
    this.blocked = !this.blocked;
    label.textContent = this.blocked ? "Buka blokir" : "Blokir bot";
  }

  /** Show the commands that the bot has set for this phone's language. */
  async offer() {
    if (!this.commands.open) return;
    const answer = await fetch(`${PHONES}/${this.channel}/commands`);
    const buttons = (answer.ok ? await answer.json() : []).map(({ command, description }) => {
      const button = element("button", { type: "button" }, element("b", { textContent: `/${command}` }), description);
      button.addEventListener("click", () => {
        this.commands.open = false;
        post(`${this.channel}/say`, { text: `/${command}`, times: 1 });
      });
      return button;
    });
    const menu = this.commands.querySelector(".menu");
    menu.replaceChildren(...(buttons.length ? buttons : [element("span", { textContent: "Belum ada menu." })]));
  }

  /** Put what the bot asks the phone for in the place of its keyboard, or take it away. */
  ask(entry) {
    if (entry.request) {
      [this.reply.dataset.kind, this.reply.firstElementChild.textContent] = entry.request;
      this.reply.hidden = false;
    } else if (entry.clears) this.reply.hidden = true;
  }

  tap(entry, data) {
    if (data.startsWith("https://")) return;
    this.wait();
    post(`${this.channel}/tap`, { entry, data });
  }

  /** Show how many messages the text takes, where the phone counts. */
  measure() {
    if (!this.count) return;
    const { used, room, count } = segments(this.text.value);
    this.count.value = `${used}/${room} · ${count} SMS`;
    this.count.classList.toggle("over", count > 1);
  }

  /** Show an entry, or what has changed about it. */
  show(entry) {
    const known = this.log.querySelector(`[data-id="${entry.id}"]`);
    const node = known ?? this.place(entry.id);
    const near = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    this.fill(node, entry);
    if (entry.mine && entry.state === "sending") this.wait();
    if (entry.state === "failed" || (!entry.mine && !known)) this.rest();
    if (!known && !entry.mine && this.reply) this.ask(entry);
    if (!known && (near || entry.mine)) this.log.scrollTop = this.log.scrollHeight;
  }

  /** Make a node for an entry, where its id puts it. */
  place(id) {
    const node = template.content.firstElementChild.cloneNode(true);
    node.dataset.id = id;
    const later = [...this.log.children].find((other) => Number(other.dataset.id) > id);
    this.log.insertBefore(node, later ?? (this.dots.isConnected ? this.dots : null));
    return node;
  }

  fill(node, entry) {
    node.classList.toggle("mine", entry.mine);
    node.classList.toggle("failed", entry.state === "failed");
    node.querySelector(".from").textContent = entry.mine ? "Saya: " : "LAPOR!: ";
    node.querySelector(".body").replaceChildren(...this.parts(entry));
    node.querySelector(".foot").replaceChildren(...this.foot(entry));
    node.querySelector(".buttons")?.remove();
    if (entry.buttons.length) node.append(this.buttons(entry));
  }

  parts(entry) {
    const parts = [];
    if (entry.media) parts.push(entry.type.startsWith("image/") ? this.picture(entry) : this.piece(entry));
    if (entry.contact) parts.push(element("span", { textContent: `Kontak ${entry.contact[0]}` }));
    if (entry.place) {
      const degrees = entry.place.map((number) => number.toFixed(5)).join(", ");
      parts.push(element("span", { className: "map" }), element("span", { textContent: `Lokasi ${degrees}` }));
    }
    return entry.text ? [...parts, element("span", { className: "text", textContent: entry.text })] : parts;
  }

  picture(entry) {
    const picture = element("img", { src: `${PHONES}/media/${entry.media}`, alt: "Foto yang dikirim" });
    picture.addEventListener("load", () => (this.log.scrollTop = this.log.scrollHeight), { once: true });
    return picture;
  }

  /** Name a file that cannot be shown. */
  piece(entry) {
    const [name, sign] = PIECES[entry.type.split("/")[0]] ?? ["Dokumen", "folder"];
    const icon = document.createElementNS(SVG, "svg");
    icon.append(document.createElementNS(SVG, "use"));
    icon.classList.add("icon");
    icon.firstChild.setAttribute("href", `#${sign}`);
    icon.setAttribute("aria-hidden", "true");
    return element("span", { className: "piece" }, icon, name);
  }

  foot(entry) {
    const time = new Date(entry.at * 1000).toLocaleTimeString("id-ID", CLOCK);
    const parts = [element("time", { textContent: time })];
    if (entry.times > 1) parts.unshift(element("span", { textContent: `dikirim ${entry.times}×` }));
    if (!entry.mine) return parts;
    const [mark, meaning] = MARKS[entry.state];
    const sign = element("span", { className: "mark", textContent: mark, title: meaning });
    sign.ariaHidden = "true";
    return [...parts, sign, element("span", { className: "unseen", textContent: meaning })];
  }

  buttons(entry) {
    const rows = entry.buttons.map((row) =>
      element("div", {}, ...row.map(([label, data]) => {
        const button = element("button", { type: "button", textContent: label });
        button.classList.toggle("tapped", entry.tapped === data);
        button.addEventListener("click", () => this.tap(entry.id, data));
        return button;
      })),
    );
    if (!entry.opener) return element("div", { className: "buttons" }, ...rows);
    const opener = element("summary", { textContent: entry.opener });
    const list = element("details", { className: "buttons list" }, opener, ...rows);
    for (const row of rows) row.addEventListener("click", () => (list.open = false));
    list.addEventListener("toggle", () => list.open && list.scrollIntoView({ block: "nearest" }));
    return list;
  }

  /** Show that an answer is awaited. */
  wait() {
    this.log.append(this.dots);
    this.log.scrollTop = this.log.scrollHeight;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.rest(), PATIENCE);
  }

  rest() {
    this.dots.remove();
  }
}

const phones = new Map();
for (const section of document.querySelectorAll(".phone")) phones.set(section.dataset.channel, new Phone(section));

/** Ask for what has changed: soon again while an answer is awaited, and not while nobody looks. */
async function follow() {
  clearTimeout(timer);
  try {
    const answer = document.hidden ? null : await fetch(`${PHONES}/changes?after=${seen}`);
    if (answer && !answer.ok) throw new Error(answer.statusText);
    for (const entry of answer ? await answer.json() : []) {
      if (entry.seq <= seen) continue;
      seen = entry.seq;
      phones.get(entry.address.split(":")[0])?.show(entry);
    }
    main.ariaBusy = "false";
    trouble.hidden = true;
  } catch {
    trouble.hidden = false;
  }
  clearTimeout(timer);
  timer = setTimeout(follow, document.querySelector(".dots") ? EAGER : IDLE);
}

follow();
