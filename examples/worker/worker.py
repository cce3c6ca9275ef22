import os
import time

while True:
    print("fetching from", os.environ["TIDES_URL"].rsplit("@", 1)[-1], flush=True)
    time.sleep(3600)
