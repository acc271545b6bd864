-- What wrk sends, and what it says at the end: one line of JSON.
--
-- Without arguments it repeats the request of its command line. With "TAG FILE" every request posts one cost event
-- that no other request has posted, and whose answer has to be a 201: TAG names the run, and each line of FILE is the
-- rest of an event behind its id.

local threads = {}

function setup(thread)
    thread:set("number", #threads)
    threads[#threads + 1] = thread
end

function init(arguments)
    local tag, path = arguments[1], arguments[2]
    if not tag then return end

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
