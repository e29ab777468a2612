from tests import chance

chance.take_hold()
