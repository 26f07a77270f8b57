-- wrk: POSTs the minimal visit event, padded to about 1.5 kB, each time of another visit and patient.
local thread_number = 0
function setup(thread)
  thread:set("number", thread_number)
  thread_number = thread_number + 1
end

local parts, run, count = {}, "", 0
function init(args)
  local file = io.open("Mappings/visiba/cases/minimal-visit/event.json")
  local event = file:read("*a")
  file:close()
  local reason = '"reason": "' .. string.rep("Hosta och feber. ", math.floor((1500 - #event) / 17)) .. '",\n    "approvedForPatient"'
  event = event:gsub('"approvedForPatient"', reason, 1)
  event = event:gsub("E%-2026%-000417", "\1", 1):gsub("V%-2026%-000123", "\1", 1):gsub("191212121212", "\1", 1)
  for part in event:gmatch("[^\1]+") do parts[#parts + 1] = part end
  run = os.time() .. "-" .. number .. "-"
end

local function person(number)
  local days = math.floor(number / 999)
  local digits = string.format("%02d%02d%02d%03d", 30 + math.floor(days / 336) % 60, 1 + math.floor(days / 28) % 12, 1 + days % 28, number % 999 + 1)
  local sum = 0
  for place = 1, 9 do
    local product = tonumber(digits:sub(place, place)) * (place % 2 == 1 and 2 or 1)
    sum = sum + math.floor(product / 10) + product % 10
  end
  return "19" .. digits .. (10 - sum % 10) % 10
end

function request()
  count = count + 1
  local id = run .. count
  return wrk.format("POST", nil, nil, parts[1] .. id .. parts[2] .. id .. parts[3] .. person(count) .. parts[4])
end
