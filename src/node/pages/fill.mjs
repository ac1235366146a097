// Asks Sonde for the probes that the pages are to show: enough of them for trends.
const [base, plain, secure] = process.argv.slice(2);
const root = `http://127.0.0.1:${plain}`;

const probe = async (module, target) => {
  const query = new URLSearchParams({ module, target });
  const answer = await fetch(`${base}probe?${query}`);
  if (answer.status !== 200) throw new Error(`${module} ${target}: ${answer.status}`);
  await answer.text();
};

for (let round = 0; round < 30; round++) {
  await probe("http_2xx", `${root}/`);
  await probe("http_2xx", `${root}/old`);
  if (round % 5 === 0) await probe("http_2xx", `${root}/slow`);
  await probe("http_2xx", round % 7 === 3 ? `${root}/broken` : `${root}/shop/cart?item=${round % 3}`);
  await probe("http_any_certificate", `https://127.0.0.1:${secure}/`);
}
for (let n = 0; n < 40; n++) await probe("body", `${root}/page/${n}`);
for (let n = 0; n < 3; n++) await probe("tcp_connect", n === 1 ? "127.0.0.1:1" : `127.0.0.1:${plain}`);
await probe("https", `https://127.0.0.1:${secure}/account`);
await probe("body", `${root}/evil?<script>alert("target")</script>&x=%22`);
await probe('"><script>alert("module")</script>', `${root}/evil?\u202etxt.exe\u0007`);
await probe("http_2xx", `${root}/broken`);
