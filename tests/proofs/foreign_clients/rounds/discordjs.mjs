// The round of discord.js: what an ordinary bot does with it, step by step. Prints one line of JSON.
import { createRequire } from "node:module";
import { once } from "node:events";

const at = process.env;
const library = createRequire(at.CLIENT_FOLDER + "/")("discord.js");
const { Client, GatewayIntentBits: Bits, Partials, ChannelType, PermissionFlagsBits } = library;
const done = [];
const failures = [];

const person = async (deed, body) => {
  const url = `${at.CLIENT_CONTROL}/people/${at.CLIENT_PERSON}/${deed}`;
  const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  const told = await answer.json();
  if (!answer.ok) throw new Error(`${deed}: ${JSON.stringify(told)}`);
  return told;
};

const must = (fact, what) => {
  if (!fact) throw new Error(`not so: ${what}`);
};

const within = (promise, what) =>
  Promise.race([
    promise,
    new Promise((_, refuse) => setTimeout(() => refuse(new Error(`${what}: nothing in 20 s`)), 20000).unref()),
  ]);

const step = async (name, deed) => {
  try {
    await within(deed(), name);
    done.push(name);
  } catch (error) {
    failures.push({ step: name, problem: String(error).slice(0, 600) });
  }
};

const client = new Client({
  intents: [Bits.Guilds, Bits.GuildMembers, Bits.GuildMessages, Bits.MessageContent, Bits.GuildMessageReactions],
  partials: [Partials.Message, Partials.Channel, Partials.Reaction],
  rest: { api: at.CLIENT_API, version: "10" },
});
client.on("error", (error) => failures.push({ step: "client", problem: String(error) }));
const heard = (event, fits) =>
  new Promise((found) => {
    const look = (...told) => {
      if (!fits(...told)) return;
      client.off(event, look);
      found(told);
    };
    client.on(event, look);
  });

let guild, lobby, message, command;
await step("connect", async () => {
  const ready = once(client, "clientReady");
  await client.login(at.CLIENT_TOKEN);
  await ready;
  guild = await client.guilds.fetch(at.CLIENT_GUILD);
  lobby = await client.channels.fetch(at.CLIENT_LOBBY);
  must(client.user.id === at.CLIENT_APPLICATION, "the bot is itself");
  must((await guild.members.fetch()).size > 1, "members come over the gateway");
});

await step("commands", async () => {
  const words = [{ type: 3, name: "text", description: "What to say", required: true }];
  command = await guild.commands.create({ name: "echo", description: "Say it", options: words });
  const other = await guild.commands.create({ name: "other", description: "Something else" });
  await guild.commands.edit(other.id, { description: "Something else again" });
  must((await guild.commands.fetch()).size === 2, "both are there");
  await guild.commands.delete(other.id);
  must((await guild.commands.fetch()).size === 1, "one is gone");
  await client.application.commands.set([{ name: "everywhere", description: "On all servers" }]);
});

await step("message", async () => {
  const row = { type: 1, components: [{ type: 2, style: 1, label: "Press", custom_id: "press" }] };
  const embeds = [{ title: "A title", description: "Words", fields: [{ name: "a", value: "b" }] }];
  const files = [{ attachment: Buffer.from("contents"), name: "a.txt" }];
  message = await lobby.send({ content: "hello", embeds, components: [row], files });
  must(message.attachments.size === 1 && message.embeds.length === 1, "all of it came back");
  const coming = heard("messageCreate", (found) => found.author.id === at.CLIENT_PERSON);
  await person("say", { channel: at.CLIENT_LOBBY, text: "hi there" });
  const [typed] = await coming;
  must(typed.content === "hi there", "what a person says arrives");
  const reply = await typed.reply("and hello to you");
  must((await reply.fetchReference()).id === typed.id, "the reply knows what it answers");
  must((await lobby.messages.fetch({ limit: 10 })).size >= 3, "the history has them");
});

await step("edit", async () => {
  const told = heard("messageUpdate", (_, now) => now.id === message.id);
  message = await message.edit("hello again");
  must(message.content === "hello again" && message.editedTimestamp, "it is edited");
  await told;
});

await step("reaction", async () => {
  const own = heard("messageReactionAdd", (_, user) => user.id === client.user.id);
  await message.react("👍");
  await own;
  const theirs = heard("messageReactionAdd", (_, user) => user.id === at.CLIENT_PERSON);
  await person("react", { channel: at.CLIENT_LOBBY, message: message.id, emoji: "👍" });
  const [reaction] = await theirs;
  must((await reaction.users.fetch()).size === 2, "two people reacted");
  must((await message.fetch(true)).reactions.cache.get("👍").me, "the bot is one of them");
  await reaction.users.remove(at.CLIENT_PERSON);
  await reaction.users.remove();
  await message.react("🎉");
  await message.reactions.removeAll();
});

await step("pins", async () => {
  await message.pin();
  const { items } = await lobby.messages.fetchPins();
  must(items.length === 1 && items[0].message.id === message.id, "it is pinned");
  await message.unpin();
  must((await lobby.messages.fetchPins()).items.length === 0, "it is not any more");
});

await step("thread", async () => {
  const thread = await message.startThread({ name: "On the message", autoArchiveDuration: 60 });
  await thread.send("in the thread");
  await thread.setArchived(true);
  must((await lobby.threads.fetchArchived()).threads.size === 1, "it rests");
  await thread.setArchived(false);
  const secret = await lobby.threads.create({ name: "Between us", type: ChannelType.PrivateThread });
  await secret.members.add(at.CLIENT_PERSON);
  must((await secret.members.fetch()).size === 2, "both are in it");
  await secret.members.remove(at.CLIENT_PERSON);
  must((await guild.channels.fetchActiveThreads()).threads.size === 2, "both threads are active");
  await secret.delete();
});

await step("forum", async () => {
  const availableTags = [{ name: "open" }, { name: "done", emoji: { id: null, name: "✅" } }];
  const forum = await guild.channels.create({ name: "talks", type: ChannelType.GuildForum, availableTags });
  const tag = forum.availableTags[0].id;
  const post = await forum.threads.create({ name: "A talk", message: { content: "first" }, appliedTags: [tag] });
  must((await post.fetchStarterMessage()).content === "first", "its first message has the words");
  await post.setAppliedTags([forum.availableTags[1].id]);
  await post.setName("A talk that ended");
  await post.setLocked(true);
  await forum.delete();
});

await step("roles", async () => {
  const permissions = [PermissionFlagsBits.SendMessages];
  const role = await guild.roles.create({ name: "Helper", permissions, mentionable: true });
  const member = await guild.members.fetch(at.CLIENT_PERSON);
  await member.roles.add(role);
  must((await member.fetch(true)).roles.cache.has(role.id), "it is theirs");
  await role.setName("Helpers");
  await member.roles.remove(role);
  await role.delete();
});

await step("modal", async () => {
  client.once("interactionCreate", async (asked) => {
    const input = { type: 4, custom_id: "words", label: "Words", style: 1 };
    await asked.showModal({ title: "A form", custom_id: "form", components: [{ type: 1, components: [input] }] });
  });
  const place = { channel: at.CLIENT_LOBBY };
  const opened = await person("slash", { ...place, command: "echo", options: { text: "x" } });
  must(opened.state === "modal", "a form opens");
  client.once("interactionCreate", async (sent) => {
    await sent.deferReply({ flags: 64 });
    await sent.editReply(`You wrote ${sent.fields.getTextInputValue("words")}`);
    await sent.followUp({ content: "And more", flags: 64 });
  });
  const shown = await person("submit", { answer: opened.id, fields: { words: "poetry" } });
  must(shown.text === "You wrote poetry", `the answer is shown: ${shown.text}`);
  client.once("interactionCreate", (pressed) => pressed.update({ content: "pressed", components: [] }));
  await person("click", { ...place, message: message.id, which: "Press" });
  must((await message.fetch(true)).content === "pressed", "the button did it");
});

await client.destroy();
console.log(JSON.stringify({ done, failures }));
process.exit(0);
