"""Union-find over row numbers; the least row of a group is the one that stays."""

import os


class Groups:
    def __init__(self, rows):
        self.parent = list(range(rows))

    def find(self, row):
        parent = self.parent
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    def join(self, one, other):
        one, other = self.find(one), self.find(other)
        if one != other:
            self.parent[max(one, other)] = min(one, other)

    def write(self, out):
        """Writes the rows that go to OUT/removed."""
        removed = [row for row in range(len(self.parent)) if self.find(row) != row]
        os.makedirs(out, exist_ok=True)
        with open(os.path.join(out, "removed"), "w", encoding="utf-8") as file:
            file.writelines(f"{row}\n" for row in removed)
