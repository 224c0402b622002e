-- What wrk sends. Arguments: open, fund, deposit, bulk, transfer, read or live; the file with the ids of the
-- accounts; the prefix of the Idempotency-Keys, or none, or for transfers the file with the ids of those
-- that are paid; the requests per second, or 0 for as many as possible.
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

local function lines(file)
    local all = {}
    for line in io.lines(file) do
        all[#all + 1] = line
    end
    return all
end

-- To each account in turn, so that one round leaves none without.
local function fund(file)
    local ids, sent = lines(file), 0
    local body = '{"amount":"10000000.00","currency":"EUR"}'
    local before, after = split(wrk.format("POST", "/accounts/@id/deposits", wrk.headers, body), "@id")
    function request()
        sent = sent + 1
        return before .. ids[sent % #ids + 1] .. after
    end
end

-- A thousand deposits in each request.
local function bulks(file)
    local ids = lines(file)
    math.randomseed(now_millis())
    local before = '{"operation":"depositMoney","path":{"accountId":"'
    local after = '"},"body":{"amount":"1.00","currency":"EUR"}}'
    local all = {}
    function request()
        for item = 1, 1000 do
            all[item] = before .. ids[math.random(#ids)] .. after
        end
        return wrk.format("POST", "/commands", wrk.headers, "[" .. table.concat(all, ",") .. "]")
    end
end

local function transfers(from_file, to_file)
    local from, to = lines(from_file), lines(to_file)
    math.randomseed(now_millis())
    -- As long as an id, since the request says how long its body is.
    local stand_in = ("x"):rep(36)
    local body = '{"to":"' .. stand_in .. '","amount":"0.01","currency":"EUR"}'
    local before, rest = split(wrk.format("POST", "/accounts/@id/transfers", wrk.headers, body), "@id")
    local between, after = split(rest, stand_in)
    function request()
        local source, target
        repeat
            source, target = from[math.random(#from)], to[math.random(#to)]
        until source ~= target
        return before .. source .. between .. target .. after
    end
end

local function accounts(method, path, body, file, keys)
    local ids = lines(file)
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
    elseif what == "bulk" then
        bulks(file)
    elseif what == "fund" then
        fund(file)
    elseif what == "transfer" then
        transfers(file, keys)
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
