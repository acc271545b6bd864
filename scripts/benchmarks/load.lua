-- What wrk sends, and what it says at the end: one line of JSON.
--
-- Without arguments it repeats the request of its command line. With "TAG FILE" every request posts one cost event
-- that no other request has posted, and whose answer has to be a 201: TAG names the run, and each line of FILE is the
-- rest of an event behind its id. With "COUNT" the patient in the path of each request is any of the COUNT first ones
-- of nation.c.

local threads = {}

function setup(thread)
    thread:set("number", #threads)
    threads[#threads + 1] = thread
end

-- As nation.c reckons it.
local function nhsNumber(patient)
    local stem = 900000000 + 2 * patient
    while true do
        local sum, rest = 0, stem
        for weight = 2, 10 do
            sum = sum + weight * (rest % 10)
            rest = math.floor(rest / 10)
        end
        local check = (11 - sum % 11) % 11
        if check ~= 10 then return stem * 10 + check end
        stem = stem + 1
    end
end

local function askForPatients(count)
    local before, after = wrk.path:match("^(/v1/patients/)[^/]*(/.*)$")
    before, after = "GET " .. before, after .. " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    local random, format = math.random, string.format
    function request()
        return before .. format("%.0f", nhsNumber(random(0, count - 1))) .. after
    end
end

function init(arguments)
    local tag, path = arguments[1], arguments[2]
    if not tag then return end
    if not path then return askForPatients(tonumber(tag)) end

    local heads, tails = {}, {}
    local start = string.format('{"source":"bench","id":"%s.%d.', tag, number)
    for rest in io.lines(path) do
        local tail = '"' .. rest
        -- Twelve digits keep the length of each line's event constant.
        local length = #start + 12 + #tail
        heads[#heads + 1] = "POST " .. wrk.path .. " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            .. "Content-Length: " .. length .. "\r\n\r\n" .. start
        tails[#tails + 1] = tail
    end

    local counter, lines, format = 0, #heads, string.format
    function request()
        counter = counter + 1
        local line = counter % lines + 1
        return heads[line] .. format("%012d", counter) .. tails[line]
    end

    -- Global, so that done() can read it in each thread.
    notCreated = 0
    function response(status)
        if status ~= 201 then notCreated = notCreated + 1 end
    end
end

function done(summary, latency)
    local errors = summary.errors
    local refused = errors.status
    for _, thread in ipairs(threads) do refused = refused + (thread:get("notCreated") or 0) end
    io.write(string.format(
        '\nJSON {"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"refused":%d,"broken":%d}\n',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), refused,
        errors.connect + errors.read + errors.write + errors.timeout))
end
