-- wrk: POSTs the minimal visit event, padded to about 1.5 kB, each time with an event id of its own.
local thread_number = 0
function setup(thread)
  thread:set("number", thread_number)
  thread_number = thread_number + 1
end

local before, after, count = "", "", 0
function init(args)
  local file = io.open("Mappings/visiba/cases/minimal-visit/event.json")
  local event = file:read("*a")
  file:close()
  local from, to = event:find("E%-2026%-000417")
  before = event:sub(1, from - 1) .. os.time() .. "-" .. number .. "-"
  local reason = '"reason": "' .. string.rep("Hosta och feber. ", math.floor((1500 - #event) / 17)) .. '",\n    "approvedForPatient"'
  after = event:sub(to + 1):gsub('"approvedForPatient"', reason, 1)
end

function request()
  count = count + 1
  return wrk.format("POST", nil, nil, before .. count .. after)
end
