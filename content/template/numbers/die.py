numbers = [1, 2, 3, 4, 5, 6]
mean = sum(numbers) / len(numbers)
print("die =", mean)
print("fact-die =", mean)
