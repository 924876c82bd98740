"""An index of texts by runs of three words: which of them hold a run is one number with a bit for each text."""

from collections.abc import Iterable, Sequence

from tracker.analysis.comparison.texts import Text, mask_of


class Index:
    """Texts that are compared with others again and again; `groups` says which of them are of one material."""

    def __init__(self, texts: Sequence[Text], groups: Iterable[int]) -> None:
        self.texts = tuple(texts)
        self.everyone = (1 << len(self.texts)) - 1
        together: dict[int, list[int]] = {}
        for place, group in enumerate(groups):
            together.setdefault(group, []).append(place)
        self._groups = [mask_of(places) for places in together.values()]
        self._runs: dict[int, int] = {}
        self._numbers: dict[str, int] = {}
        for place, text in enumerate(self.texts):
            self._add(text, 1 << place)

    @property
    def words(self) -> int:
        """How many words all texts have."""
        return sum(len(text.words) for text in self.texts)

    def holders(self, text: Text) -> list[int]:
        """For each run of three words of a text the texts that hold it."""
        return [self._runs.get(key, 0) for key in text.keys]

    def holders_of_number(self, number: str) -> int:
        """The texts that hold a number."""
        return self._numbers.get(number, 0)

    def beside(self, mask: int) -> int:
        """These texts and all that are of a material of one of them."""
        for group in self._groups:
            if group & mask:
                mask |= group
        return mask

    def _add(self, text: Text, bit: int) -> None:
        runs, numbers = self._runs, self._numbers
        for key in set(text.keys):
            runs[key] = runs.get(key, 0) | bit
        for number in text.numbers:
            numbers[number] = numbers.get(number, 0) | bit
