import MLLP
