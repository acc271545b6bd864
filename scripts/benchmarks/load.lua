-- What wrk sends, and what it says at the end: one line of JSON.
--
-- Without arguments it repeats the request of its command line. With "TAG FILE" every request posts one cost event
-- that no other request has posted: TAG names the run, and each line of FILE is the rest of an event behind its id.

local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
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
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '\nJSON {"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"refused":%d,"broken":%d}\n',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
        errors.connect + errors.read + errors.write + errors.timeout))
end
