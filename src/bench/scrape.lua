-- Scrapes as Prometheus does and looks into every answer.
--   wrk ... -s scrape.lua URL -- PATH...       the paths are asked for in turn
-- The last lines printed: "answers N", "bad N", and a bad answer if there was one.
local ffi = require("ffi")
ffi.cdef [[
  typedef struct {
    const unsigned char *next_in; unsigned int avail_in; unsigned long total_in;
    unsigned char *next_out; unsigned int avail_out; unsigned long total_out;
    const char *msg; void *state; void *zalloc; void *zfree; void *opaque;
    int data_type; unsigned long adler; unsigned long reserved;
  } z_stream;
  int inflateInit2_(z_stream *stream, int bits, const char *version, int size);
  int inflate(z_stream *stream, int flush);
  int inflateReset(z_stream *stream);
]]
local zlib = ffi.load("libz.so.1")
local gzip_format, finish, stream_end = 31, 4, 1
local room = 65536
local out = ffi.new("unsigned char[?]", room)
local stream = ffi.new("z_stream")
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  wrk.headers["Accept"] = "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
    .. "application/openmetrics-text;version=0.0.1;q=0.5,"
    .. "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2"
  wrk.headers["Accept-Encoding"] = "gzip"
  wrk.headers["User-Agent"] = "Prometheus/3.5.0"
  wrk.headers["X-Prometheus-Scrape-Timeout-Seconds"] = "10"
  prepared, turn = {}, 0
  for i, path in ipairs(args) do
    prepared[i] = wrk.format("GET", path)
  end
  answers, bad, sample = 0, 0, ""
  zlib.inflateInit2_(stream, gzip_format, "1.2.11", ffi.sizeof("z_stream"))
end

function request()
  turn = turn % #prepared + 1
  return prepared[turn]
end

local function unpacked(body)
  if body:byte(1) ~= 31 or body:byte(2) ~= 139 then
    return body
  end
  zlib.inflateReset(stream)
  stream.next_in, stream.avail_in = ffi.cast("const unsigned char *", body), #body
  stream.next_out, stream.avail_out = out, room
  if zlib.inflate(stream, finish) ~= stream_end then
    return "not a whole gzip stream"
  end
  return ffi.string(out, room - stream.avail_out)
end

function response(status, headers, body)
  answers = answers + 1
  local text = unpacked(body)
  if status ~= 200 or not text:find("\nprobe_success 1", 1, true) then
    bad, sample = bad + 1, status .. " " .. text
  end
end

function done(summary, latency, requests)
  local answers, bad, sample = 0, 0, ""
  for _, thread in ipairs(threads) do
    answers = answers + thread:get("answers")
    bad = bad + thread:get("bad")
    sample = thread:get("sample")
  end
  local errors = summary.errors
  print("requests " .. summary.requests)
  print("micros " .. summary.duration)
  print("p50 " .. latency:percentile(50))
  print("p99 " .. latency:percentile(99))
  print("errors " .. errors.connect + errors.read + errors.write + errors.timeout)
  print("answers " .. answers)
  print("bad " .. bad)
  if bad > 0 then
    print(sample)
  end
end
