"""Numbers in Vietnamese words by num2words: reads one number a line, writes the words of each on a line.

num2words 0.5.14 is not right everywhere: it leaves "không trăm" out of a group below 100 that follows a higher one, and says
"lẻ" even before tens (1.010: một nghìn lẻ mười); it repeats the "tỷ" of thousands of milliards (nghìn tỷ năm tỷ). The
test asks it only where it is right. "lẻ" and "hai mươi bốn" are the South's words for "linh" and "hai mươi tư".
"""
import sys

from num2words import num2words

for line in sys.stdin:
    words = num2words(int(line), lang="vi")
    print(words.replace("lẻ", "linh").replace("mươi bốn", "mươi tư"))
