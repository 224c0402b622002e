-- What wrk sends. Arguments: open, deposit, read or live; the file with the ids of the accounts; the
-- prefix of the Idempotency-Keys, or none; the requests per second, or 0 for as many as possible.
-- Who asks is in the environment variable AUTHORIZATION.

local ffi = require("ffi")
ffi.cdef [[
    struct clock { long seconds; long nanos; };
    int clock_gettime(int id, struct clock *clock);
]]
local MONOTONIC = 1
local clock = ffi.new("struct clock")

local function now_millis()
    ffi.C.clock_gettime(MONOTONIC, clock)
    return tonumber(clock.seconds) * 1e3 + tonumber(clock.nanos) / 1e6
end

local function split(text, mark)
    local from, to = text:find(mark, 1, true)
    return text:sub(1, from - 1), text:sub(to + 1)
end

local function pace(per_second)
    local due = now_millis()
    -- Takes the next place in the timetable, whichever connection asks, and however late it is.
    function delay()
        due = due + 1e3 / per_second
        return math.max(0, due - now_millis())
    end
end

local function accounts(method, path, body, file, keys)
    local ids = {}
    for id in io.lines(file) do
        ids[#ids + 1] = id
    end
    math.randomseed(now_millis())
    local headers = {}
    if keys ~= "none" then
        headers["Idempotency-Key"] = "@key"
    end
    -- Headers of this call replace the common ones, so these are copied.
    for name, value in pairs(wrk.headers) do
        headers[name] = value
    end
    local before, after = split(wrk.format(method, path, headers, body), "@id")
    if keys == "none" then
        function request()
            return before .. ids[math.random(#ids)] .. after
        end
    else
        local between, last = split(after, "@key")
        local sent = 0
        function request()
            sent = sent + 1
            return before .. ids[math.random(#ids)] .. between .. keys .. sent .. last
        end
    end
end

function init(arguments)
    wrk.headers["Authorization"] = os.getenv("AUTHORIZATION")
    local what, file, keys, per_second =
        arguments[1], arguments[2], arguments[3], tonumber(arguments[4])
    if what == "open" then
        local whole =
            wrk.format("POST", "/accounts", wrk.headers, '{"owner":"Alice","currency":"EUR"}')
        function request()
            return whole
        end
        return
    end
    if what == "deposit" then
        local body = '{"amount":"1.00","currency":"EUR"}'
        accounts("POST", "/accounts/@id/deposits", body, file, keys)
    elseif what == "live" then
        local whole = wrk.format("GET", "/q/health/live", wrk.headers)
        function request()
            return whole
        end
    else
        accounts("GET", "/accounts/@id", nil, file, keys)
    end
    if per_second > 0 then
        pace(per_second)
    end
end

function done(summary, latency)
    local errors = summary.errors
    print(string.format("FIGURES %d %d %d %d %d %d",
        summary.requests, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout,
        summary.duration, latency:percentile(50), latency:percentile(99)))
end
